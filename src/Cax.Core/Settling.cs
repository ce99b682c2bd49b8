using System.Collections.Concurrent;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Duplicates;
using Cax.Core.Events;
using Cax.Core.Reports;
using Cax.Core.Telemetry;

namespace Cax.Core;

/// <summary>
/// Gives the events and records of a run their outcome, and draws the conclusions: what is parked is written first, what waited for an event is
/// looked at again, and a delivery is settled with the last outcome of its records.
/// </summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class Settling : IOutcomes
{
    /// <summary>So many sources are told at a time what became of a delivery; only when all of them take their time does a sender wait for them.</summary>
    private const int SettlementsAtATime = 32;

    private readonly Ledger _ledger;
    private readonly Parking _parking;
    private readonly EventMemory _memory;
    private readonly AccountBook _accounts;
    private readonly Action<Notice> _tell;
    private readonly Slots _settlements = new(SettlementsAtATime);
    private volatile bool _isClosed;

    public Settling(Ledger ledger, IDeadLetterWriter deadLetters, PipelineSetup setup, AccountBook accounts)
    {
        _ledger = ledger;
        _parking = new Parking(deadLetters, name => setup.Destination(name)?.Destination.SiteId, Failed, setup.Telemetry.Tell, setup.Time);
        _memory = setup.Memory;
        _accounts = accounts;
        _tell = setup.Telemetry.Tell;
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
    public ValueTask ResolveAsync(PendingEvent pending, Outcome outcome) =>
        DecideAsync(pending.Record, pending, pending.Findings, outcome, decided => ConcludeAsync(pending, decided));

    /// <summary>No more events come from a record; <paramref name="own"/> is its outcome apart from them.</summary>
    public ValueTask EndAsync(LedgerRecord record, Outcome? own, IReadOnlyList<Finding> findings) =>
        own is null ? CloseAsync(record, null) : DecideAsync(record, null, findings, own, decided => CloseAsync(record, decided));

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
        await _settlements.WhenFreeAsync();
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

    private ValueTask DecideAsync(
        LedgerRecord record, PendingEvent? pending, IReadOnlyList<Finding> findings, Outcome outcome, Func<Outcome, ValueTask> decided)
    {
        outcome = record.Delivery.Source.IsLastAttempt ? OnLastAttempt(outcome, wasPosted: pending?.Attempts > 0) : outcome;
        if (outcome.Kind != OutcomeKind.DeadLettered)
        {
            return decided(outcome);
        }

        _parking.Park(record, pending, findings, outcome, async written =>
        {
            await decided(written);
            Changed.Raise();
        });
        return ValueTask.CompletedTask;
    }

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

    private ValueTask CloseAsync(LedgerRecord record, Outcome? own)
    {
        _ledger.Close(record, own);
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
            await _settlements.TakeAsync(CancellationToken.None);
            _ = TellAsync(delivery, outcome);
        }
    }

    private async Task TellAsync(LedgerDelivery delivery, Outcome outcome)
    {
        try
        {
            await delivery.Source.SettleAsync(outcome, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever a source throws here concerns this delivery only: it will offer it again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var lockLost = delivery.Source.IsLockLoss(e);
            _accounts.SettlementFailed();
            delivery.Meters?.SettlementFailed(lockLost);
            _tell(new SettlementFailed(delivery.Source.Name, e.GetType().Name, lockLost));
        }
        finally
        {
            _settlements.Leave();
        }
    }
}
