using System.Security.Cryptography;
using Cax.Core.Events;
using Cax.Core.Sources;

namespace Cax.Core.Reports.Receipts;

/// <summary>Receipts that are written together: one for each event, and one for each record that came to none.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class ReceiptSheet
{
    private readonly HashedIds _ids;
    private readonly TimeProvider _time;
    private readonly string _destination;
    private readonly string _delivery;
    private readonly Lock _lock = new();
    private List<(long Offset, Receipt Receipt)> _receipts = [];

    internal ReceiptSheet(HashedIds ids, TimeProvider time, string destination, string delivery)
    {
        _ids = ids;
        _time = time;
        _destination = destination;
        _delivery = delivery;
    }

    /// <summary>How many receipts there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _receipts.Count;
            }
        }
    }

    /// <summary>Adds the receipts of a record of the delivery that the sheet was begun for.</summary>
    public void Add(FinishedRecord finished) => Add(finished, _destination, _delivery);

    /// <summary>Adds the receipts of a record of another delivery.</summary>
    internal void Add(FinishedRecord finished, string destination, string delivery)
    {
        ArgumentNullException.ThrowIfNull(finished);
        var none = new Receipt(
            _time.GetUtcNow(), null, null, null, finished.Outcome.Kind, finished.Outcome.Reason, destination, delivery, finished.Record.Position.Line, null);
        var receipts = finished.Events.Count == 0 ? [none] : finished.Events.Select(@event => Of(@event, none)).ToList();
        lock (_lock)
        {
            _receipts.AddRange(receipts.Select(receipt => (finished.Record.Position.Offset, receipt)));
        }
    }

    /// <summary>Takes all receipts away from this sheet, on to another.</summary>
    internal ReceiptSheet Take()
    {
        var taken = new ReceiptSheet(_ids, _time, _destination, _delivery);
        lock (_lock)
        {
            (taken._receipts, _receipts) = (_receipts, []);
        }

        return taken;
    }

    /// <summary>The receipts in an order that does not depend on when each was added.</summary>
    internal IReadOnlyList<Receipt> InOrder()
    {
        lock (_lock)
        {
            return
            [
                .. _receipts
                    .OrderBy(entry => entry.Receipt.Delivery, StringComparer.Ordinal)
                    .ThenBy(entry => entry.Offset)
                    .ThenBy(entry => entry.Receipt.EventName, StringComparer.Ordinal)
                    .ThenBy(entry => entry.Receipt.EventId, StringComparer.Ordinal)
                    .ThenBy(entry => entry.Receipt.Content, StringComparer.Ordinal)
                    .Select(entry => entry.Receipt),
            ];
        }
    }

    private Receipt Of(FinishedEvent finished, Receipt none)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(finished.Event.Utf8.Span, hash);
        return none with
        {
            EventId = finished.Event.Id.Length > 0 ? finished.Event.Id : null,
            EventName = finished.Event.Name.Length > 0 ? finished.Event.Name : null,
            BusinessId = EventFacts.Read(finished.Event.Utf8.Span).BusinessId is { Length: > 0 } id ? _ids.Of(id) : null,
            Outcome = finished.Outcome.Kind,
            Reason = finished.Outcome.Reason,
            Content = Convert.ToHexStringLower(hash[..Receipt.ContentBytes]),
        };
    }
}
