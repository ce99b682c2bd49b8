using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cax.Core.Batching;
using Cax.Core.Mapping;

namespace Cax.Core.Telemetry;

/// <summary>Measures what concerns one destination.</summary>
internal sealed class DestinationMeters(CaxTelemetry telemetry, string name)
{
    private readonly Instruments _instruments = telemetry.Instruments;

    /// <summary>Its name in the settings.</summary>
    public string Name => name;

    public KeyValuePair<string, object?> Tag { get; } = new(Tags.Destination, name);

    public void EventDone(Outcome outcome) => Count(_instruments.Events, outcome, profile: null);

    /// <summary>A record has its outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="profile">The profile that mapped it; null when none had a part in it.</param>
    public void RecordDone(Outcome outcome, ProfileChoice? profile) => Count(_instruments.Records, outcome, profile);

    public void Closed(EventBatch batch, BatchClosing why)
    {
        _instruments.BatchBytes.Record(batch.Bytes, Tag);
        _instruments.BatchEvents.Record(batch.Events.Count, Tag);
        _instruments.BatchesClosed.Add(1, Tag, Tags.Why(why));
    }

    /// <summary>Begins a request; it ends when what is given back is disposed of.</summary>
    public Posting BeginPost(EventBatch batch, TimeProvider time)
    {
        if (batch.Posts > 0)
        {
            _instruments.RequestRetries.Add(1, Tag);
        }

        return new Posting(telemetry, Tag, batch, time);
    }

    /// <summary>All events of a batch were accepted.</summary>
    public void Accepted(EventBatch batch, DateTimeOffset now)
    {
        if (!_instruments.EventAge.Enabled)
        {
            return;
        }

        foreach (var pending in batch.Events)
        {
            _instruments.EventAge.Record(Math.Max(0, (now - pending.Record.Delivery.Source.ReceivedAt).TotalSeconds), Tag);
        }
    }

    public void LetterDone(Outcome outcome, bool written) =>
        (written ? _instruments.DeadLettersWritten : _instruments.DeadLettersFailed).Add(1, Tag, new(Tags.Reason, outcome.Reason));

    /// <summary>The source of a delivery was not to be told its outcome.</summary>
    public void SettlementFailed(bool lockLost)
    {
        _instruments.SettlementFailures.Add(1, Tag);
        if (lockLost)
        {
            _instruments.LocksLost.Add(1, Tag, Tags.WhileSettling);
        }
    }

    /// <summary>The source takes a delivery back before its events could be answered.</summary>
    public void LockLost() => _instruments.LocksLost.Add(1, Tag, Tags.WhilePosting);

    public void Tell(Notice notice) => telemetry.Tell(notice);

    private void Count(Counter<long> counter, Outcome outcome, ProfileChoice? profile)
    {
        var tags = new TagList { Tag, Tags.Of(outcome.Kind) };
        if (outcome.Reason is { } reason)
        {
            tags.Add(new(Tags.Reason, reason));
        }

        if (profile is not null)
        {
            tags.Add(telemetry.ProfileTag(profile.Name));
        }

        counter.Add(1, tags);
    }
}
