using System.Security.Cryptography;
using Cax.Core.Sources;

namespace Cax.Core.Reports.Receipts;

/// <summary>Receipts that are written together: one for each event, and one for each record that came to none.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class ReceiptSheet
{
    private readonly HashedIds _ids;
    private readonly TimeProvider _time;
    private readonly string _destination;
    private readonly string _delivery;
    private readonly Lock _lock = new();
    private List<(long Offset, Receipt Receipt)> _receipts = [];

    public ReceiptSheet(HashedIds ids, TimeProvider time, string destination, string delivery)
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
    public void Add(FinishedRecord finished, string destination, string delivery)
    {
        ArgumentNullException.ThrowIfNull(finished);
        var at = _time.GetUtcNow();
        if (finished.Events.Count == 0)
        {
            Add(finished, new Receipt(
                at, null, null, null, finished.Outcome.Kind, finished.Outcome.Reason, destination, delivery, finished.Record.Position.Line, null));
        }

        foreach (var one in finished.Events)
        {
            Add(finished, new Receipt(
                at,
                TextOrNull(one.Event.Id),
                TextOrNull(one.Event.Name),
                TextOrNull(one.Facts.BusinessId) is { } id ? _ids.Of(id) : null,
                one.Outcome.Kind,
                one.Outcome.Reason,
                destination,
                delivery,
                finished.Record.Position.Line,
                ContentOf(one.Event.Utf8.Span)));
        }
    }

    private void Add(FinishedRecord finished, Receipt receipt)
    {
        lock (_lock)
        {
            _receipts.Add((finished.Record.Position.Offset, receipt));
        }
    }

    /// <summary>Takes all receipts away from this sheet, on to another.</summary>
    public ReceiptSheet Take()
    {
        var taken = new ReceiptSheet(_ids, _time, _destination, _delivery);
        lock (_lock)
        {
            (taken._receipts, _receipts) = (_receipts, []);
        }

        return taken;
    }

    /// <summary>The receipts in an order that does not depend on when each was added.</summary>
    public IReadOnlyList<Receipt> InOrder()
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

    private static string? TextOrNull(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string ContentOf(ReadOnlySpan<byte> @event)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(@event, hash);
        return Convert.ToHexStringLower(hash[..Receipt.ContentBytes]);
    }
}
