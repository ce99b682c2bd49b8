using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;
using Cax.Core.Telemetry;

namespace Cax.Core;

/// <summary>Counts what is still open of every record and delivery. Whatever was not explicitly finished counts as not done.</summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class Ledger(AccountBook accounts, int maxPendingBytes, RunReceipts? receipts)
{
    private readonly Lock _lock = new();
    private readonly HashSet<LedgerRecord> _open = [];
    private readonly HashSet<LedgerDelivery> _deliveries = [];
    private long _pendingBytes;

    /// <param name="delivery">What a source offers.</param>
    /// <param name="meters">Counts what becomes of it; null for a dry run.</param>
    public LedgerDelivery Open(SourceDelivery delivery, DestinationMeters? meters)
    {
        var entry = new LedgerDelivery(delivery, meters, receipts);
        lock (_lock)
        {
            _deliveries.Add(entry);
        }

        return entry;
    }

    /// <param name="delivery">What it came with.</param>
    /// <param name="record">The record.</param>
    /// <param name="profile">The profile that mapped it; null when none had a part in it.</param>
    public LedgerRecord Read(LedgerDelivery delivery, Record record, ProfileChoice? profile = null)
    {
        accounts.Read();
        var entry = new LedgerRecord(delivery, record, profile);
        lock (_lock)
        {
            delivery.OpenRecords++;
            _open.Add(entry);
            _pendingBytes += entry.Weight;
        }

        return entry;
    }

    /// <summary>One more event of a record is on its way.</summary>
    public void Mapped(PendingEvent pending)
    {
        accounts.Mapped();
        lock (_lock)
        {
            pending.Record.OpenEvents.Add(pending);
        }
    }

    /// <summary>An event has its outcome. False when it had one before.</summary>
    public bool Resolve(PendingEvent pending, Outcome outcome)
    {
        var finished = pending.Record.Finished is null ? null : new FinishedEvent(pending.Event, outcome, pending.Findings);
        lock (_lock)
        {
            if (!pending.Record.OpenEvents.Remove(pending))
            {
                return false;
            }

            pending.Record.Worst = Outcome.Worst(pending.Record.Worst, outcome);
            if (finished is not null)
            {
                pending.Record.Finished?.Add(finished);
            }
        }

        accounts.EventDone(outcome);
        pending.Record.Delivery.Meters?.EventDone(outcome);
        return true;
    }

    /// <summary>No more events come from this record; <paramref name="own"/> is its outcome apart from them.</summary>
    public void Close(LedgerRecord record, Outcome? own, IReadOnlyList<Finding> findings)
    {
        lock (_lock)
        {
            record.Findings = own is null ? [] : findings;
            record.Worst = Outcome.Worst(record.Worst, own);
            record.IsClosed = true;
        }
    }

    /// <summary>No more records come from this delivery; <paramref name="own"/> is its outcome apart from them.</summary>
    public void Close(LedgerDelivery delivery, Outcome? own)
    {
        lock (_lock)
        {
            delivery.Worst = Outcome.Worst(delivery.Worst, own);
            delivery.IsClosed = true;
        }
    }

    /// <summary>Whether a record is complete now and was not before. Its delivery hears of it before it can be complete itself.</summary>
    public bool TryFinish(LedgerRecord record)
    {
        Outcome outcome;
        lock (_lock)
        {
            if (!record.IsClosed || record.OpenEvents.Count > 0 || record.IsFinished)
            {
                return false;
            }

            outcome = record.Worst ?? throw new InvalidOperationException("A record ended without an outcome: this is a bug of the connector.");
            record.IsFinished = true;
        }

        accounts.RecordDone(outcome, record.Profile);
        record.Delivery.Meters?.RecordDone(outcome, record.Profile);
        if (record.Finished is { } events)
        {
            record.Delivery.Hears?.Invoke(new FinishedRecord(record.Source, outcome, record.Profile, record.Findings, events));
        }

        lock (_lock)
        {
            _open.Remove(record);
            _pendingBytes -= record.Weight;
            record.Delivery.OpenRecords--;
            record.Delivery.Worst = Outcome.Worst(record.Delivery.Worst, outcome);
        }

        return true;
    }

    /// <summary>The outcome of a delivery, if it is complete now and was not before. A delivery without records is done, so it counts as sent.</summary>
    public Outcome? TryFinish(LedgerDelivery delivery)
    {
        lock (_lock)
        {
            return delivery.IsClosed && delivery.OpenRecords == 0 && _deliveries.Remove(delivery) ? delivery.Worst ?? Outcome.Sent : null;
        }
    }

    /// <summary>Whether more may be read.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock)
            {
                return _pendingBytes < maxPendingBytes;
            }
        }
    }

    /// <summary>Whether every record has its outcome.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _open.Count == 0;
            }
        }
    }

    /// <summary>What has no outcome yet.</summary>
    public (IReadOnlyList<LedgerRecord> Records, IReadOnlyList<LedgerDelivery> Deliveries) Unfinished()
    {
        lock (_lock)
        {
            return ([.. _open.Where(record => !record.IsFinished)], [.. _deliveries]);
        }
    }
}

/// <summary>A delivery that is being worked on.</summary>
internal sealed class LedgerDelivery(SourceDelivery source, DestinationMeters? meters = null, RunReceipts? receipts = null)
{
    private int _lostLock;

    public SourceDelivery Source { get; } = source;

    /// <summary>The destination as a key: its name in whatever case.</summary>
    public string DestinationKey { get; } = source?.Destination.ToUpperInvariant() ?? "";

    /// <summary>Count what becomes of it; null for a dry run.</summary>
    public DestinationMeters? Meters { get; } = meters;

    /// <summary>Hears what became of each record; null when nobody wants to.</summary>
    public Action<FinishedRecord>? Hears { get; } = source switch
    {
        { WantsRecords: true } => source.Finished,
        not null when receipts is not null => record => receipts.Add(source, record),
        _ => null,
    };

    public int OpenRecords { get; set; }

    public bool IsClosed { get; set; }

    public Outcome? Worst { get; set; }

    /// <summary>The source takes it back while some of its events wait to be posted: counted once.</summary>
    public void LosesLock()
    {
        if (Interlocked.Exchange(ref _lostLock, 1) == 0)
        {
            Meters?.LockLost();
        }
    }
}

/// <summary>A record that is being worked on.</summary>
internal sealed class LedgerRecord(LedgerDelivery delivery, Record source, ProfileChoice? profile = null)
{
    public LedgerDelivery Delivery { get; } = delivery;

    public Record Source { get; } = source;

    /// <summary>The profile that mapped it; null when none had a part in it.</summary>
    public ProfileChoice? Profile { get; } = profile;

    /// <summary>Its share of the memory that is bounded: its bytes, and about as many for its events and the objects around them.</summary>
    public long Weight { get; } = 2_048 + (2L * source.Utf8.Length) + (source.Rows?.Text.Length ?? 0);

    public List<PendingEvent> OpenEvents { get; } = new(1);

    /// <summary>Its events that have their outcome; null when nobody wants to hear of them.</summary>
    public List<FinishedEvent>? Finished { get; } = delivery.Hears is null ? null : new(1);

    /// <summary>What was found wrong with it apart from its events.</summary>
    public IReadOnlyList<Finding> Findings { get; set; } = [];

    public bool IsClosed { get; set; }

    public bool IsFinished { get; set; }

    public Outcome? Worst { get; set; }
}
