using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Events;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;

namespace Cax.Cli.Stories;

/// <summary>What happened to one order, out of receipts and dead letters.</summary>
/// <param name="id">The order.</param>
/// <param name="since">What happened before is left out.</param>
internal sealed class OrderStory(OrderId id, DateTimeOffset since)
{
    private readonly List<StoryEntry> _receipts = [];
    private readonly List<StoryEntry> _letters = [];

    /// <summary>What cannot be read: lines of receipts, and dead letters.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<StoryEntry> Entries()
    {
        // A dead letter says more than the receipt of the same parking, and has the results of its replays.
        var told = _letters.Select(letter => letter.DeadLetter).ToHashSet(StringComparer.Ordinal);
        var parked = _letters.Where(letter => !letter.IsReplay).Select(Parking).ToHashSet();
        return
        [
            .. _receipts.Where(receipt => !told.Contains(receipt.Delivery) && !parked.Contains(Parking(receipt)))
                .Concat(_letters)
                .OrderBy(entry => entry.At)
                .ThenBy(entry => entry.Delivery, StringComparer.Ordinal)
                .ThenBy(entry => entry.Line),
        ];
    }

    /// <exception cref="IOException">They cannot be read.</exception>
    public async Task ReadAsync(ReceiptBook book, HashedIds ids, DateOnly today, CancellationToken cancellation)
    {
        var hashes = id.Forms.Select(ids.Of).ToList();
        for (var day = DateOnly.FromDateTime(since.UtcDateTime); day <= today; day = day.AddDays(1))
        {
            await foreach (var document in book.DocumentsAsync(day, cancellation))
            {
                await foreach (var receipt in book.ReadAsync(document, cancellation))
                {
                    Unreadable += receipt is null ? 1 : 0;
                    if (receipt?.BusinessId is { } hash && hashes.Contains(hash) && receipt.At >= since)
                    {
                        _receipts.Add(Of(receipt));
                    }
                }
            }
        }
    }

    /// <exception cref="IOException">They cannot be read.</exception>
    public async Task ReadAsync(IDeadLetterStore store, CancellationToken cancellation)
    {
        await foreach (var stored in store.ReadAsync(cancellation))
        {
            Unreadable += stored.Letter is null ? 1 : 0;
            if (stored.Letter is { } letter && IsMeant(letter))
            {
                _letters.AddRange(Of(stored, letter).Where(entry => entry.At >= since));
            }
        }
    }

    /// <summary>A record that came to no event has its id wherever its source writes it.</summary>
    private bool IsMeant(DeadLetter letter) =>
        EventFacts.Read(letter.Event.Span).BusinessId is { } business ? id.Forms.Contains(business) : id.IsIn(letter.Original.Span);

    private static StoryEntry Of(Receipt receipt) => new(receipt.At, receipt.Outcome, receipt.Delivery, receipt.Line, receipt.Destination)
    {
        Reason = receipt.Reason,
        EventName = receipt.EventName,
        EventId = receipt.EventId,
    };

    private static IEnumerable<StoryEntry> Of(StoredDeadLetter stored, DeadLetter letter)
    {
        var parked = new StoryEntry(letter.LastAt, OutcomeKind.DeadLettered, letter.Origin.Delivery, letter.Origin.Line, letter.Destination)
        {
            Reason = letter.Reason,
            Detail = letter.Detail,
            EventName = letter.EventName,
            EventId = letter.EventId,
            DeadLetter = stored.Name,
        };
        return letter.History.Select(earlier => parked with { At = earlier.At, Reason = earlier.Reason, Detail = earlier.Detail })
            .Append(parked)
            .Concat(stored.Replays.Select(replay => parked with
            {
                At = replay.At, Outcome = replay.Kind, Reason = replay.Reason, Detail = replay.Detail, IsReplay = true,
            }));
    }

    private static (string Delivery, long Line, OutcomeKind Outcome, string? Reason, string? EventId) Parking(StoryEntry entry) =>
        (entry.Delivery, entry.Line, entry.Outcome, entry.Reason, entry.EventId);
}
