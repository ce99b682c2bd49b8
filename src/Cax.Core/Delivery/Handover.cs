using Cax.Core.Batching;
using Cax.Core.Reports;
using Cax.Core.Telemetry;

namespace Cax.Core.Delivery;

/// <summary>Hands a batch, or a part of one, over to a destination, and gives its events the outcome that follows from the answer.</summary>
internal sealed class Handover(
    DestinationState state, Poster poster, BatchLimits limits, AccountBook accounts, IOutcomes outcomes, TimeProvider time)
{
    /// <summary>Posts a part and gives its events their outcome, unless it was refused: then it is given back, with the status.</summary>
    public async Task<RefusedPart?> PostAsync(EventBatch part, CancellationToken cancellation)
    {
        Answer answer;
        while ((answer = await poster.PostAsync(part, cancellation)).Kind == AnswerKind.NotHeld)
        {
            if (await ReleaseLostAsync(part) is not { } held)
            {
                return null;
            }

            part = held;
        }

        switch (answer.Kind)
        {
            case AnswerKind.Accepted:
                // The witness counts from the answer on, however long the sources take to be told.
                var now = time.GetUtcNow();
                var confirmed = state.Judge.Accepted(now);
                state.Sent.Add(state.Destination, part, now);
                accounts.Accepted(part, limits);
                state.Meters.Accepted(part, now);
                foreach (var pending in part.Events)
                {
                    await outcomes.ResolveAsync(pending, Outcome.Sent);
                }

                foreach (var refusal in confirmed)
                {
                    await refusal.ParkAsync();
                }

                return null;
            case AnswerKind.Refused:
                return new RefusedPart(part, answer.Status ?? 0);
            default:
                foreach (var pending in part.Events)
                {
                    await outcomes.ResolveAsync(pending, poster.GivenUp!);
                }

                return null;
        }
    }

    /// <summary>Takes those events out of a part that their sources would take back before an answer. Null when none is left.</summary>
    private async Task<EventBatch?> ReleaseLostAsync(EventBatch part)
    {
        var until = poster.NeededUntil;
        var held = new List<PendingEvent>(part.Events.Count);
        foreach (var pending in part.Events)
        {
            if (pending.IsHeldUntil(until))
            {
                held.Add(pending);
            }
            else
            {
                pending.Record.Delivery.LosesLock();
                await outcomes.ResolveAsync(pending, Outcome.Returned(
                    ReasonCodes.LockLost, "the source takes the delivery back before the endpoint could have answered"));
            }
        }

        if (part.Events.Count > held.Count)
        {
            state.Meters.Tell(new LocksLost(state.Meters.Name, part.Events.Count - held.Count));
        }

        return held.Count == 0 ? null : EventBatch.Of(held, limits);
    }
}

/// <summary>A part that was refused, and with which status.</summary>
internal readonly record struct RefusedPart(EventBatch Part, int Status);
