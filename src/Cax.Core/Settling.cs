using System.Collections.Concurrent;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Duplicates;
using Cax.Core.Events;
using Cax.Core.Reports;

namespace Cax.Core;

/// <summary>
/// Gives the events and records of a run their outcome, and draws the conclusions: what is parked is written first, what waited for an event is
/// looked at again, and a delivery is settled with the last outcome of its records.
/// </summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class Settling : IOutcomes
{
    private readonly Ledger _ledger;
    private readonly Parking _parking;
    private readonly EventMemory _memory;
    private readonly Settlements _settlements;
    private volatile bool _isClosed;

    public Settling(Ledger ledger, IDeadLetterWriter deadLetters, PipelineSetup setup, AccountBook accounts)
    {
        _ledger = ledger;
        _parking = new Parking(deadLetters, name => setup.Destination(name)?.Destination.SiteId, Failed, setup.Telemetry.Tell, setup.Time);
        _memory = setup.Memory;
        _settlements = new Settlements(accounts, setup.Telemetry.Tell);
    }

    /// <summary>Events to be looked at again: those that waited for the first of their id, which is now sent or parked, and those to be posted again.</summary>
    public ConcurrentQueue<PendingEvent> Again { get; } = new();

    /// <summary>Raised when a record is finished, an event is to be looked at again, or a sender has become free or stopped.</summary>
    public Signal Changed { get; } = new();

    /// <summary>What went wrong that should not: a bug. The run ends with it.</summary>
    public Exception? Bug { get; private set; }

    /// <summary>Ends the run; called with the first bug.</summary>
    public Action Abort { private get; set; } = static () => { };

    /// <summary>Whether no event is about to have an outcome: nothing is being parked, nothing is to be looked at again.</summary>
    public bool IsQuiet => Again.IsEmpty && _parking.IsIdle;

    /// <summary>An event has its outcome. What is parked has it once its letter is written, which nobody needs to wait for.</summary>
    public ValueTask ResolveAsync(PendingEvent pending, Outcome outcome)
    {
        outcome = Decide(pending.Record, outcome, wasPosted: pending.Attempts > 0);
        if (outcome.Kind != OutcomeKind.DeadLettered)
        {
            return ConcludeAsync(pending, outcome);
        }

        Park(pending, outcome);
        return ValueTask.CompletedTask;
    }

    /// <summary>No more events come from a record; <paramref name="own"/> is its outcome apart from them.</summary>
    public ValueTask EndAsync(LedgerRecord record, Outcome? own, IReadOnlyList<Finding> findings)
    {
        own = own is null ? null : Decide(record, own, wasPosted: false);
        if (own?.Kind != OutcomeKind.DeadLettered)
        {
            return CloseAsync(record, own, findings);
        }

        Park(record, findings, own);
        return ValueTask.CompletedTask;
    }

    /// <summary>No more records come from a delivery; <paramref name="own"/> is its outcome apart from them.</summary>
    public async ValueTask EndAsync(LedgerDelivery delivery, Outcome? own)
    {
        _ledger.Close(delivery, own);
        await SettleAsync(delivery);
    }

    public void SendAgain(PendingEvent pending)
    {
        Again.Enqueue(pending);
        Changed.Raise();
    }

    /// <summary>Returns whatever has no outcome yet, and waits until every letter is written and every source is told.</summary>
    public async ValueTask CloseAsync(Outcome unfinished)
    {
        await _parking.WhenIdleAsync();
        await ReturnUnfinishedAsync(unfinished);
        await _parking.WhenIdleAsync();
        await _settlements.WhenIdleAsync();
        _isClosed = true;
    }

    private async ValueTask ReturnUnfinishedAsync(Outcome outcome)
    {
        var (records, deliveries) = _ledger.Unfinished();
        foreach (var record in records)
        {
            foreach (var pending in record.OpenEvents.ToArray())
            {
                await ResolveAsync(pending, outcome);
            }

            await EndAsync(record, record.Worst ?? outcome, []);
        }

        foreach (var delivery in deliveries)
        {
            await EndAsync(delivery, outcome);
        }
    }

    public void SenderChanged() => Changed.Raise();

    public void Failed(Exception bug)
    {
        Bug ??= bug;
        Abort();
    }

    /// <summary>The event that this one waited for has its outcome.</summary>
    private async ValueTask ReleaseAsync(PendingEvent waiting, Outcome outcomeOfFirst)
    {
        if (_isClosed)
        {
            // The first belonged to another run, which took longer: this one has given back what waited.
            return;
        }

        if (outcomeOfFirst.Kind == OutcomeKind.Returned)
        {
            await ResolveAsync(waiting, outcomeOfFirst);
        }
        else
        {
            SendAgain(waiting);
        }
    }

    private static Outcome Decide(LedgerRecord record, Outcome outcome, bool wasPosted) =>
        record.Delivery.Source.IsLastAttempt ? OnLastAttempt(outcome, wasPosted) : outcome;

    private void Park(PendingEvent pending, Outcome outcome) => _parking.Park(pending.Record, pending, pending.Findings, outcome, async written =>
    {
        await ConcludeAsync(pending, written);
        Changed.Raise();
    });

    private void Park(LedgerRecord record, IReadOnlyList<Finding> findings, Outcome outcome) => _parking.Park(record, null, findings, outcome, async written =>
    {
        await CloseAsync(record, written, findings);
        Changed.Raise();
    });

    private async ValueTask ConcludeAsync(PendingEvent pending, Outcome outcome)
    {
        foreach (var other in _memory.Resolved(pending, outcome))
        {
            await other.Run!.ReleaseAsync(other, outcome);
        }

        if (_ledger.Resolve(pending, outcome))
        {
            await FinishAsync(pending.Record);
        }
    }

    private ValueTask CloseAsync(LedgerRecord record, Outcome? own, IReadOnlyList<Finding> findings)
    {
        _ledger.Close(record, own, findings);
        return FinishAsync(record);
    }

    /// <summary>On the last delivery that its source permits, what would be returned for want of an endpoint is parked.</summary>
    private static Outcome OnLastAttempt(Outcome outcome, bool wasPosted) => outcome switch
    {
        { Kind: OutcomeKind.Returned, Reason: ReasonCodes.EndpointRefusesAll } when wasPosted =>
            outcome with { Kind = OutcomeKind.DeadLettered, Reason = ReasonCodes.RefusedUnconfirmed },
        { Kind: OutcomeKind.Returned, Reason: ReasonCodes.EndpointUnavailable or ReasonCodes.EndpointMisconfigured or ReasonCodes.EndpointRefusesAll } =>
            outcome with { Kind = OutcomeKind.DeadLettered },
        _ => outcome,
    };

    private async ValueTask FinishAsync(LedgerRecord record)
    {
        if (_ledger.TryFinish(record))
        {
            Changed.Raise();
            await SettleAsync(record.Delivery);
        }
    }

    private async ValueTask SettleAsync(LedgerDelivery delivery)
    {
        if (_ledger.TryFinish(delivery) is { } outcome)
        {
            await _settlements.TellAsync(delivery, outcome);
        }
    }
}
