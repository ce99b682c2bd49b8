using Cax.Core.Batching;
using Cax.Core.Reports;

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
    private readonly int _concurrency;
    private readonly SemaphoreSlim _slots;

    /// <summary>One batch is halved at a time: while it is not known whether the endpoint takes anything, more tries would only be more noise.</summary>
    private readonly SemaphoreSlim _halving = new(1);
    private readonly RefusalJudge _judge;

    public BatchSender(DestinationState state, Poster poster, DeliveryOptions options, BatchLimits limits, AccountBook accounts, IOutcomes outcomes, TimeProvider time)
    {
        _state = state;
        _judge = state.Judge;
        _poster = poster;
        _limits = limits;
        _accounts = accounts;
        _outcomes = outcomes;
        _time = time;
        _concurrency = options.Concurrency;
        _slots = new SemaphoreSlim(_concurrency);
        _poster.Stopped.Register(outcomes.SenderChanged);
    }

    public Outcome? Stopped => _poster.GivenUp;

    public Trouble? Trouble => _poster.Trouble;

    public bool IsIdle => _slots.CurrentCount == _concurrency;

    public async ValueTask SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        _ = RunAsync(batch, cancellation);
    }

    public async ValueTask WhenIdleAsync()
    {
        for (var i = 0; i < _concurrency; i++)
        {
            await _slots.WaitAsync();
        }

        _slots.Release(_concurrency);
    }

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
        _slots.Dispose();
        _halving.Dispose();
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
            _slots.Release();
            _outcomes.SenderChanged();
        }
    }

    private async Task DeliverAsync(EventBatch batch, CancellationToken cancellation)
    {
        if (await PostAsync(batch, cancellation) is not { } status)
        {
            return;
        }

        var mark = _judge.AcceptedSoFar;
        await _halving.WaitAsync(cancellation);
        try
        {
            if (batch.Events.Count > 1)
            {
                // Both halves before either is looked into: an accepted second half is the witness for all that is wrong in the first.
                var (first, second) = batch.Halves(_limits);
                var inFirst = await PostAsync(first, cancellation);
                var inSecond = await PostAsync(second, cancellation);
                await DescendAsync(first, inFirst, mark, cancellation);
                await DescendAsync(second, inSecond, mark, cancellation);
            }
            else
            {
                await DescendAsync(batch, status, mark, cancellation);
            }

            foreach (var refusal in _judge.TakeWitnessed(_outcomes, mark))
            {
                await refusal.ParkAsync();
            }
        }
        finally
        {
            _halving.Release();
        }
    }

    /// <summary>Finds the bad events in a part that was refused.</summary>
    /// <param name="part">The part.</param>
    /// <param name="refusal">The status with which it was refused; null when it was not, and then nothing is left to do.</param>
    /// <param name="mark">How many requests had been accepted when its batch was first refused.</param>
    /// <param name="cancellation">Ends the search.</param>
    private async Task DescendAsync(EventBatch part, int? refusal, long mark, CancellationToken cancellation)
    {
        if (refusal is not { } status)
        {
            return;
        }

        if (part.Events.Count == 1)
        {
            await JudgeAsync(new Refusal(part.Events[0], status, _outcomes, mark));
            return;
        }

        var (first, second) = part.Halves(_limits);
        await DescendAsync(first, await PostAsync(first, cancellation), mark, cancellation);
        await DescendAsync(second, await PostAsync(second, cancellation), mark, cancellation);
    }

    /// <summary>Posts a part and gives its events their outcome, unless it was refused: then the status tells.</summary>
    private async Task<int?> PostAsync(EventBatch part, CancellationToken cancellation)
    {
        var answer = await _poster.PostAsync(part, cancellation);
        switch (answer.Kind)
        {
            case AnswerKind.Accepted:
                // The witness counts from the answer on, however long the sources take to be told.
                var now = _time.GetUtcNow();
                var confirmed = _judge.Accepted(now);
                _state.Sent.Add(_state.Destination, part, now);
                _accounts.Accepted(part, _limits);
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
                return answer.Status;
            default:
                foreach (var pending in part.Events)
                {
                    await _outcomes.ResolveAsync(pending, _poster.GivenUp!);
                }

                return null;
        }
    }

    private async ValueTask JudgeAsync(Refusal refusal)
    {
        if (_judge.KeepBack(refusal))
        {
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
}
