using Cax.Core.Batching;
using Cax.Core.Reports;
using Cax.Core.Telemetry;

namespace Cax.Core.Delivery;

/// <summary>
/// Hands batches over to one destination, several at a time. A refused batch is halved until the bad events stand alone.
/// </summary>
internal sealed class BatchSender : IBatchSender
{
    private readonly DestinationState _state;
    private readonly Poster _poster;
    private readonly BatchLimits _limits;
    private readonly AccountBook _accounts;
    private readonly IOutcomes _outcomes;
    private readonly TimeProvider _time;
    private readonly Slots _slots;

    /// <summary>One batch is halved at a time: while it is not known whether the endpoint takes anything, more tries would only be more noise.</summary>
    private readonly Slots _halving = new(1);
    private readonly RefusalJudge _judge;
    private readonly DestinationMeters _meters;

    public BatchSender(DestinationState state, Poster poster, DeliveryOptions options, BatchLimits limits, AccountBook accounts, IOutcomes outcomes, TimeProvider time)
    {
        _state = state;
        _judge = state.Judge;
        _meters = state.Meters;
        _poster = poster;
        _limits = limits;
        _accounts = accounts;
        _outcomes = outcomes;
        _time = time;
        _slots = new Slots(options.Concurrency);
        _poster.Stopped.Register(outcomes.SenderChanged);
    }

    public Outcome? Stopped => _poster.GivenUp;

    public Trouble? Trouble => _poster.Trouble;

    public bool IsIdle => _slots.AreFree;

    public async ValueTask SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        await _slots.TakeAsync(cancellation);
        _ = RunAsync(batch, cancellation);
    }

    public ValueTask WhenIdleAsync() => _slots.WhenFreeAsync();

    public async ValueTask ResolveKeptBackAsync(bool onlyWitnessed)
    {
        var witnessed = _judge.HasWitness(_time.GetUtcNow());
        if (onlyWitnessed && !witnessed)
        {
            return;
        }

        foreach (var refusal in _judge.TakeAll(_outcomes))
        {
            await (witnessed ? refusal.ParkAsync() : _outcomes.ResolveAsync(refusal.Event, Outcome.Returned(
                ReasonCodes.EndpointRefusesAll,
                "refused alone, but nothing else was accepted that would prove that the endpoint takes events at all",
                refusal.Status)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await WhenIdleAsync();
        _poster.Dispose();
    }

    private async Task RunAsync(EventBatch batch, CancellationToken cancellation)
    {
        try
        {
            await DeliverAsync(batch, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The events that have no outcome yet are returned when the run ends.
        }
#pragma warning disable CA1031 // Nobody awaits this task: the run is told what goes wrong here.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            _outcomes.Failed(bug);
        }
        finally
        {
            _slots.Leave();
            _outcomes.SenderChanged();
        }
    }

    private async Task DeliverAsync(EventBatch batch, CancellationToken cancellation)
    {
        if (await PostAsync(batch, cancellation) is not { } refused)
        {
            return;
        }

        var mark = _judge.AcceptedSoFar;
        await _halving.TakeAsync(cancellation);
        try
        {
            if (refused.Part.Events.Count > 1)
            {
                // Both halves before either is looked into: an accepted second half is the witness for all that is wrong in the first.
                var (first, second) = refused.Part.Halves(_limits);
                var inFirst = await PostAsync(first, cancellation);
                var inSecond = await PostAsync(second, cancellation);
                await DescendAsync(inFirst, mark, cancellation);
                await DescendAsync(inSecond, mark, cancellation);
            }
            else
            {
                await DescendAsync(refused, mark, cancellation);
            }

            foreach (var refusal in _judge.TakeWitnessed(_outcomes, mark))
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
            await JudgeAsync(new Refusal(found.Part.Events[0], found.Status, _outcomes, mark));
            return;
        }

        var (first, second) = found.Part.Halves(_limits);
        await DescendAsync(await PostAsync(first, cancellation), mark, cancellation);
        await DescendAsync(await PostAsync(second, cancellation), mark, cancellation);
    }

    /// <summary>Posts a part and gives its events their outcome, unless it was refused: then it is given back, with the status.</summary>
    private async Task<RefusedPart?> PostAsync(EventBatch part, CancellationToken cancellation)
    {
        Answer answer;
        while ((answer = await _poster.PostAsync(part, cancellation)).Kind == AnswerKind.NotHeld)
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
                var now = _time.GetUtcNow();
                var confirmed = _judge.Accepted(now);
                _state.Sent.Add(_state.Destination, part, now);
                _accounts.Accepted(part, _limits);
                _meters.Accepted(part, now);
                foreach (var pending in part.Events)
                {
                    await _outcomes.ResolveAsync(pending, Outcome.Sent);
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
                    await _outcomes.ResolveAsync(pending, _poster.GivenUp!);
                }

                return null;
        }
    }

    /// <summary>Takes those events out of a part that their sources would take back before an answer. Null when none is left.</summary>
    private async Task<EventBatch?> ReleaseLostAsync(EventBatch part)
    {
        var held = new List<PendingEvent>(part.Events.Count);
        foreach (var pending in part.Events)
        {
            if (_poster.IsHeld(pending))
            {
                held.Add(pending);
            }
            else
            {
                pending.Record.Delivery.LosesLock();
                await _outcomes.ResolveAsync(pending, Outcome.Returned(
                    ReasonCodes.LockLost, "the source takes the delivery back before the endpoint could have answered"));
            }
        }

        if (part.Events.Count > held.Count)
        {
            _meters.Tell(new LocksLost(_meters.Name, part.Events.Count - held.Count));
        }

        return held.Count == 0 ? null : EventBatch.Of(held, _limits);
    }

    private async ValueTask JudgeAsync(Refusal refusal)
    {
        if (_judge.KeepBack(refusal))
        {
            return;
        }

        if (_poster.Holds)
        {
            // Nothing is known about the events: they are posted again, one probe at a time.
            _poster.CloseForRefusingAll(refusal.Status);
            foreach (var kept in _judge.RefuseAll())
            {
                kept.Outcomes.SendAgain(kept.Event);
            }

            return;
        }

        _poster.Stop(Outcome.Returned(
            ReasonCodes.EndpointRefusesAll,
            $"{RefusalJudge.Systemic} different events or more were refused alone and nothing was accepted in between: the fault is not in the events",
            refusal.Status));
        foreach (var kept in _judge.TakeAll(_outcomes))
        {
            await _outcomes.ResolveAsync(kept.Event, _poster.GivenUp!);
        }
    }

    /// <summary>A part that was refused, and with which status.</summary>
    private readonly record struct RefusedPart(EventBatch Part, int Status);
}
