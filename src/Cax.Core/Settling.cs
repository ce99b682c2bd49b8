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
internal sealed class Settling(Ledger ledger, Parking parking, EventMemory memory, AccountBook accounts) : IOutcomes
{
    /// <summary>Events that waited for the first of their id, which is now sent or parked.</summary>
    public ConcurrentQueue<PendingEvent> Again { get; } = new();

    /// <summary>Raised when a record is finished, an event is to be looked at again, or a sender has become free or stopped.</summary>
    public Signal Changed { get; } = new();

    /// <summary>What went wrong that should not: a bug. The run ends with it.</summary>
    public Exception? Bug { get; private set; }

    /// <summary>Ends the run; called with the first bug.</summary>
    public Action Abort { private get; set; } = static () => { };

    /// <summary>An event has its outcome.</summary>
    public async ValueTask ResolveAsync(PendingEvent pending, Outcome outcome)
    {
        outcome = await DecideAsync(pending.Record, pending, pending.Findings, outcome);
        foreach (var other in memory.Resolved(pending, outcome))
        {
            await other.Run!.ReleaseAsync(other, outcome);
        }

        if (ledger.Resolve(pending, outcome))
        {
            await FinishAsync(pending.Record);
        }
    }

    /// <summary>No more events come from a record; <paramref name="own"/> is its outcome apart from them.</summary>
    public async ValueTask EndAsync(LedgerRecord record, Outcome? own, IReadOnlyList<Finding> findings)
    {
        ledger.Close(record, own is null ? null : await DecideAsync(record, null, findings, own));
        await FinishAsync(record);
    }

    /// <summary>No more records come from a delivery; <paramref name="own"/> is its outcome apart from them.</summary>
    public async ValueTask EndAsync(LedgerDelivery delivery, Outcome? own)
    {
        ledger.Close(delivery, own);
        await SettleAsync(delivery);
    }

    /// <summary>Returns whatever has no outcome yet.</summary>
    public async ValueTask ReturnUnfinishedAsync(Outcome outcome)
    {
        var (records, deliveries) = ledger.Unfinished();
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
        if (outcomeOfFirst.Kind == OutcomeKind.Returned)
        {
            await ResolveAsync(waiting, outcomeOfFirst);
        }
        else
        {
            Again.Enqueue(waiting);
            Changed.Raise();
        }
    }

    private async ValueTask<Outcome> DecideAsync(LedgerRecord record, PendingEvent? pending, IReadOnlyList<Finding> findings, Outcome outcome)
    {
        outcome = record.Delivery.Source.IsLastAttempt ? OnLastAttempt(outcome, wasPosted: pending?.Attempts > 0) : outcome;
        return outcome.Kind == OutcomeKind.DeadLettered ? await parking.ParkAsync(record, pending, findings, outcome) : outcome;
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
        if (ledger.TryFinish(record))
        {
            Changed.Raise();
            await SettleAsync(record.Delivery);
        }
    }

    private async ValueTask SettleAsync(LedgerDelivery delivery)
    {
        if (ledger.TryFinish(delivery) is not { } outcome)
        {
            return;
        }

        try
        {
            await delivery.Source.SettleAsync(outcome, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever a source throws here concerns this delivery only: it will offer it again.
        catch (Exception)
#pragma warning restore CA1031
        {
            accounts.SettlementFailed();
        }
    }
}
