using Cax.Core.Batching;

namespace Cax.Core.Delivery;

/// <summary>Finds the bad events of a refused batch: it is halved, and both halves are posted, until the bad ones stand alone.</summary>
internal sealed class Bisection(Handover handover, RefusalJudge judge, Poster poster, BatchLimits limits, IOutcomes outcomes)
{
    /// <summary>One batch is halved at a time: while it is not known whether the endpoint takes anything, more tries would only be more noise.</summary>
    private readonly Slots _halving = new(1);

    /// <summary>Gives every event of a refused batch its outcome, or keeps it back until there is a witness.</summary>
    public async Task SearchAsync(RefusedPart refused, CancellationToken cancellation)
    {
        var mark = judge.AcceptedSoFar;
        await _halving.TakeAsync(cancellation);
        try
        {
            if (refused.Part.Events.Count > 1)
            {
                // Both halves before either is looked into: an accepted second half is the witness for all that is wrong in the first.
                var (first, second) = refused.Part.Halves(limits);
                var inFirst = await handover.PostAsync(first, cancellation);
                var inSecond = await handover.PostAsync(second, cancellation);
                await DescendAsync(inFirst, mark, cancellation);
                await DescendAsync(inSecond, mark, cancellation);
            }
            else
            {
                await DescendAsync(refused, mark, cancellation);
            }

            foreach (var refusal in judge.TakeWitnessed(outcomes, mark))
            {
                await refusal.ParkAsync();
            }
        }
        finally
        {
            _halving.Leave();
        }
    }

    /// <summary>Finds the bad events in a part that was refused.</summary>
    /// <param name="refused">The part; null when it was not refused, and then nothing is left to do.</param>
    /// <param name="mark">How many requests had been accepted when its batch was first refused.</param>
    /// <param name="cancellation">Ends the search.</param>
    private async Task DescendAsync(RefusedPart? refused, long mark, CancellationToken cancellation)
    {
        if (refused is not { } found)
        {
            return;
        }

        if (found.Part.Events.Count == 1)
        {
            await JudgeAsync(new Refusal(found.Part.Events[0], found.Status, outcomes, mark));
            return;
        }

        var (first, second) = found.Part.Halves(limits);
        await DescendAsync(await handover.PostAsync(first, cancellation), mark, cancellation);
        await DescendAsync(await handover.PostAsync(second, cancellation), mark, cancellation);
    }

    private async ValueTask JudgeAsync(Refusal refusal)
    {
        if (judge.KeepBack(refusal))
        {
            return;
        }

        if (poster.Holds)
        {
            // Nothing is known about the events: they are posted again, one probe at a time.
            poster.CloseForRefusingAll(refusal.Status);
            foreach (var kept in judge.RefuseAll())
            {
                kept.Outcomes.SendAgain(kept.Event);
            }

            return;
        }

        poster.Stop(Outcome.Returned(
            ReasonCodes.EndpointRefusesAll,
            $"{RefusalJudge.Systemic} different events or more were refused alone and nothing was accepted in between: the fault is not in the events",
            refusal.Status));
        foreach (var kept in judge.TakeAll(outcomes))
        {
            await outcomes.ResolveAsync(kept.Event, poster.GivenUp!);
        }
    }
}
