using Cax.Core.Events;

namespace Cax.Core.DeadLetters;

/// <summary>Parks events and records: writes the dead letter first, and only then says that they are parked.</summary>
internal sealed class Parking(IDeadLetterWriter store, Func<string, string?> siteOf, TimeProvider time)
{
    /// <returns><paramref name="outcome"/>, or that the record goes back to its source because the letter could not be written.</returns>
    public async ValueTask<Outcome> ParkAsync(LedgerRecord record, PendingEvent? pending, IReadOnlyList<Finding> findings, Outcome outcome)
    {
        try
        {
            await store.WriteAsync([Letter(record, pending, findings, outcome)], CancellationToken.None);
            return outcome;
        }
        catch (IOException)
        {
            return Outcome.Returned(ReasonCodes.DeadLettersUnavailable, "the dead letter could not be written, so the record stays in its source");
        }
    }

    private DeadLetter Letter(LedgerRecord record, PendingEvent? pending, IReadOnlyList<Finding> findings, Outcome outcome)
    {
        var delivery = record.Delivery.Source;
        var source = record.Source;
        var place = source.Position;
        var now = time.GetUtcNow();
        return new DeadLetter
        {
            Name = DeadLetterName.Of(siteOf(delivery.Destination), outcome.Reason!, delivery, source, pending?.Index ?? 0),
            Reason = outcome.Reason!,
            Detail = outcome.Detail ?? outcome.Reason!,
            Findings = findings,
            HttpStatus = outcome.Status,
            Attempts = (source.ReplayOf?.Attempts ?? 0) + (pending?.Attempts ?? 0),
            Origin = source.ReplayOf?.Origin ?? new DeadLetterOrigin(
                delivery.SourceName, delivery.Name, place.Line, place.Column, place.Offset, place.Length, delivery.ReceivedAt),
            Destination = delivery.Destination,
            EventName = pending?.Event.Name,
            EventId = pending?.Event.Id,
            Size = pending?.Event.Size ?? source.Position.Length,
            FirstAt = source.ReplayOf?.FirstAt ?? pending?.FirstAttemptAt ?? now,
            LastAt = now,
            History = source.ReplayOf is { } earlier ? [.. earlier.History, new EarlierParking(earlier.LastAt, earlier.Reason, earlier.Detail)] : [],
            Event = pending?.Event.Utf8 ?? default,
            Original = source.Reference?.Head ?? source.Utf8,
            OriginalSha256 = source.Reference?.Sha256,
        };
    }
}
