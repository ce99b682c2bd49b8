using System.Collections.Concurrent;
using Cax.Core.Events;
using Cax.Core.Telemetry;

namespace Cax.Core.DeadLetters;

/// <summary>
/// Parks events and records: writes the dead letter first, and only then says that they are parked. What comes while a write is under way is written
/// together with the next one.
/// </summary>
/// <remarks>Safe to use from several threads.</remarks>
/// <param name="store">Where letters go.</param>
/// <param name="siteOf">The site of a destination, by name; null when there is none of this name.</param>
/// <param name="failed">Hears of what goes wrong that should not.</param>
/// <param name="tell">Hears that letters cannot be written.</param>
/// <param name="time">The clock.</param>
internal sealed class Parking(IDeadLetterWriter store, Func<string, string?> siteOf, Action<Exception> failed, Action<Notice> tell, TimeProvider time)
{
    private const int MostLetters = 1_000;
    private const long MostBytes = 4 * 1_024 * 1_024;

    private readonly Lock _lock = new();
    private readonly ConcurrentQueue<Parked> _waiting = new();
    private Task _writing = Task.CompletedTask;
    private bool _fails;

    /// <summary>Whether everything that was to be parked has its outcome.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _writing.IsCompleted;
            }
        }
    }

    /// <summary>Parks an event, or a record that came to no event.</summary>
    /// <param name="record">The record.</param>
    /// <param name="pending">The event, if it is one.</param>
    /// <param name="findings">What was found wrong.</param>
    /// <param name="outcome">Why it is parked.</param>
    /// <param name="decided">Told the outcome: this one, or that the record goes back to its source because the letter could not be written.</param>
    public void Park(LedgerRecord record, PendingEvent? pending, IReadOnlyList<Finding> findings, Outcome outcome, Func<Outcome, ValueTask> decided)
    {
        var letter = Letter(record, pending, findings, outcome);
        lock (_lock)
        {
            _waiting.Enqueue(new Parked(letter, outcome, record.Delivery.Meters, decided));
            if (_writing.IsCompleted)
            {
                _writing = Task.Run(WriteAllAsync);
            }
        }
    }

    /// <summary>Waits until everything that was to be parked has its outcome.</summary>
    public async ValueTask WhenIdleAsync()
    {
        while (!IsIdle)
        {
            await _writing;
        }
    }

    private async Task WriteAllAsync()
    {
        while (NextFlush() is { } flush)
        {
            try
            {
                var written = await WriteAsync(flush);
                foreach (var parked in flush)
                {
                    parked.Meters?.LetterDone(parked.Outcome, written);
                    await parked.Decided(written ? parked.Outcome : Outcome.Returned(
                        ReasonCodes.DeadLettersUnavailable, "the dead letter could not be written, so the record stays in its source"));
                }
            }
#pragma warning disable CA1031 // The run is told what goes wrong here, and ends with it; what has no outcome then is returned.
            catch (Exception bug)
#pragma warning restore CA1031
            {
                failed(bug);
            }
        }
    }

    /// <summary>What is written together; null when nothing waits, and then the next letter begins to write anew.</summary>
    private List<Parked>? NextFlush()
    {
        var flush = new List<Parked>();
        var bytes = 0L;
        lock (_lock)
        {
            while (flush.Count < MostLetters && bytes < MostBytes && _waiting.TryDequeue(out var parked))
            {
                flush.Add(parked);
                bytes += parked.Letter.Event.Length + parked.Letter.Original.Length;
            }

            if (flush.Count == 0)
            {
                _writing = Task.CompletedTask;
                return null;
            }
        }

        return flush;
    }

    private async ValueTask<bool> WriteAsync(List<Parked> flush)
    {
        try
        {
            await store.WriteAsync([.. flush.Select(parked => parked.Letter)], CancellationToken.None);
            _fails = false;
            return true;
        }
        catch (IOException e)
        {
            if (!_fails)
            {
                tell(new DeadLettersFailed(flush.Count, e.GetType().Name, e.Message));
            }

            _fails = true;
            return false;
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
            Profile = record.Profile ?? source.Profile ?? delivery.Hints.Profile,
            Properties = delivery.Hints.Properties,
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

    private sealed record Parked(DeadLetter Letter, Outcome Outcome, DestinationMeters? Meters, Func<Outcome, ValueTask> Decided);
}
