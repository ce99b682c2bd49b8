using Cax.Core.Batching;
using Cax.Core.Reports;

namespace Cax.Core.Delivery;

/// <summary>
/// Hands batches over to one destination, several at a time. A refused batch is halved until the bad events stand alone.
/// </summary>
internal sealed class BatchSender : IBatchSender
{
    private readonly RefusalJudge _judge;
    private readonly Poster _poster;
    private readonly Handover _handover;
    private readonly Bisection _bisection;
    private readonly IOutcomes _outcomes;
    private readonly TimeProvider _time;
    private readonly Slots _slots;

    public BatchSender(DestinationState state, Poster poster, DeliveryOptions options, BatchLimits limits, AccountBook accounts, IOutcomes outcomes, TimeProvider time)
    {
        _judge = state.Judge;
        _poster = poster;
        _handover = new Handover(state, poster, limits, accounts, outcomes, time);
        _bisection = new Bisection(_handover, state.Judge, poster, limits, outcomes);
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
            if (await _handover.PostAsync(batch, cancellation) is { } refused)
            {
                await _bisection.SearchAsync(refused, cancellation);
            }
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
}
