using System.Collections.Concurrent;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Duplicates;
using Cax.Core.Events;
using Cax.Core.Reports;

namespace Cax.Core;

/// <summary>
/// Gives events and records their outcome, and draws the conclusions: what is parked is written first, what waited for an event is looked at
/// again, and a delivery is settled with the last outcome of its records.
/// </summary>
/// <remarks>Safe to use from several threads.</remarks>
internal sealed class Settling(Ledger ledger, Parking parking, EventMemory memory, AccountBook accounts) : IOutcomes
{
    /// <summary>Events that waited for the first of their id, which is now sent or parked.</summary>
    public ConcurrentQueue<PendingEvent> Again { get; } = new();

    /// <summary>An event has its outcome.</summary>
    public async ValueTask ResolveAsync(PendingEvent pending, Outcome outcome)
    {
        outcome = await DecideAsync(pending.Record, pending, pending.Findings, outcome);
        var waiting = memory.Resolved(pending, outcome);
        if (ledger.Resolve(pending, outcome))
        {
            await FinishAsync(pending.Record);
        }

        foreach (var other in waiting)
        {
            if (outcome.Kind == OutcomeKind.Returned)
            {
                await ResolveAsync(other, outcome);
            }
            else
            {
                Again.Enqueue(other);
            }
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

    private async ValueTask<Outcome> DecideAsync(LedgerRecord record, PendingEvent? pending, IReadOnlyList<Finding> findings, Outcome outcome)
    {
        outcome = record.Delivery.Source.IsLastAttempt ? OnLastAttempt(outcome) : outcome;
        return outcome.Kind == OutcomeKind.DeadLettered ? await parking.ParkAsync(record, pending, findings, outcome) : outcome;
    }

    /// <summary>On the last delivery that its source permits, what would be returned for want of an endpoint is parked.</summary>
    private static Outcome OnLastAttempt(Outcome outcome) => outcome switch
    {
        { Kind: OutcomeKind.Returned, Reason: ReasonCodes.EndpointUnavailable or ReasonCodes.EndpointMisconfigured } =>
            outcome with { Kind = OutcomeKind.DeadLettered },
        { Kind: OutcomeKind.Returned, Reason: ReasonCodes.EndpointRefusesAll } =>
            outcome with { Kind = OutcomeKind.DeadLettered, Reason = ReasonCodes.RefusedUnconfirmed },
        _ => outcome,
    };

    private async ValueTask FinishAsync(LedgerRecord record)
    {
        if (ledger.TryFinish(record))
        {
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
