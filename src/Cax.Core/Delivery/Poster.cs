using Cax.Core.Batching;
using Cax.Core.Reports;
using Cax.Core.Telemetry;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Cax.Core.Delivery;

/// <summary>
/// Posts a batch until it is answered: accepted, refused, or given up with the destination. Waiting for a closed gate, an open breaker or
/// the rate uses up no attempt.
/// </summary>
internal sealed class Poster : IDisposable
{
    /// <summary>However little the breaker asks for, nobody spins while another request probes.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(100);

    /// <summary>How long it may take to tell the sources what became of a batch.</summary>
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(5);

    /// <summary>How long a request that is under way may still take when the run is interrupted.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly DestinationState _state;
    private readonly Outage _outage;
    private readonly AccountBook _accounts;
    private readonly TimeProvider _time;
    private readonly TimeSpan _probeInterval;
    private readonly TimeSpan _needed;
    private readonly ResiliencePipeline<Answer> _retry;

    public Poster(DestinationState state, DeliveryOptions options, Outage outage, AccountBook accounts, TimeProvider time, Func<double> chance)
    {
        _state = state;
        _outage = outage;
        _needed = options.RequestTimeout + SettlingTime;
        _accounts = accounts;
        _time = time;
        _probeInterval = options.ProbeInterval;
        _retry = new ResiliencePipelineBuilder<Answer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<Answer>
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result.Kind is AnswerKind.Unavailable or AnswerKind.Misconfigured),

                // What the endpoint or the breaker asks for is waited for at the gate; here stands only our own back-off.
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(args.Outcome.Result.RetryAfter is null
                    ? RetryDelay.Backoff(args.AttemptNumber, options.BackoffBase, options.BackoffCap, chance())
                    : TimeSpan.Zero),
            })
            .Build();
        _outage.Stopped.Register(() => state.Meters.Tell(new DestinationGivenUp(state.Meters.Name, outage.Verdict!.Reason!, outage.Verdict.Detail!)));
    }

    /// <summary>What the destination suffers from at the moment; null while it works.</summary>
    public Trouble? Trouble => _outage.Trouble;

    /// <summary>Whether the run holds on to what the destination does not take.</summary>
    public bool Holds => _outage.Holds;

    /// <summary>Why the destination was given up for this run; null while it was not.</summary>
    public Outcome? GivenUp => _outage.Verdict;

    /// <summary>Cancelled once the destination was given up.</summary>
    public CancellationToken Stopped => _outage.Stopped;

    /// <summary>Stops the destination for this run.</summary>
    public void Stop(Outcome verdict) => _outage.Stop(verdict);

    /// <summary>Closes the destination, which is there and refuses everything, until the next probe.</summary>
    public void CloseForRefusingAll(int status) =>
        Close(new Answer(AnswerKind.Refused, status), _time.GetUtcNow(), _probeInterval, probe: false);

    /// <summary>Until when a source has to leave an event to us for a request that begins now, and the settlement after it.</summary>
    public DateTimeOffset NeededUntil => _time.GetUtcNow() + _needed;

    /// <returns>Accepted, refused, not held or given up.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public async ValueTask<Answer> PostAsync(EventBatch batch, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _outage.Stopped);
        try
        {
            return await _retry.ExecuteAsync(token => TryAsync(batch, token), either.Token);
        }
        catch (OperationCanceledException) when (_outage.Verdict is not null && !cancellation.IsCancellationRequested)
        {
            return new Answer(AnswerKind.GivenUp);
        }
    }

    public void Dispose() => _outage.Dispose();

    private async ValueTask<Answer> TryAsync(EventBatch batch, CancellationToken cancellation)
    {
        var probe = await EnterAsync(batch.Events.Count, cancellation);
        var began = _time.GetUtcNow();
        Answer? answer = null;
        try
        {
            answer = await _state.FindUnconfirmedAsync(cancellation)
                ?? (batch.IsHeldUntil(NeededUntil) ? await GuardedPostAsync(batch, cancellation) : new Answer(AnswerKind.NotHeld));
            return answer.Value;
        }
        finally
        {
            Note(answer, began, probe);
        }
    }

    /// <summary>Waits for the gate and for the rate, and then still for the gate. True when the request is the probe.</summary>
    private async ValueTask<bool> EnterAsync(int events, CancellationToken cancellation)
    {
        while (true)
        {
            if (_state.Gate.ClosedUntil is { } until)
            {
                _outage.FoundClosed(until);
            }

            var probe = await _state.Gate.EnterAsync(cancellation);
            try
            {
                await _state.Rate.WaitAsync(events, cancellation);
            }
            catch (OperationCanceledException)
            {
                _state.Gate.Unanswered(probe);
                throw;
            }

            if (_state.Gate.IsOpenTo(probe))
            {
                return probe;
            }

            _state.Gate.Unanswered(probe);
        }
    }

    /// <summary>Posts once. A request that is under way when the run is interrupted gets a moment for its answer, so that the accounts say what the endpoint took.</summary>
    private async ValueTask<Answer> GuardedPostAsync(EventBatch batch, CancellationToken cancellation)
    {
        // Never disposed: the timer may go off while the request ends, and a source without timers of its own holds nothing.
        var underWay = new CancellationTokenSource();
        ITimer? grace = null;
        using var givenUp = _outage.Stopped.Register(underWay.Cancel);
        using var interrupted = cancellation.Register(() =>
            grace = _time.CreateTimer(_ => underWay.Cancel(), null, Grace, Timeout.InfiniteTimeSpan));
        try
        {
            return await _state.Guard.ExecuteAsync(token => PostOnceAsync(batch, token), underWay.Token);
        }
        catch (TimeoutRejectedException)
        {
            return new Answer(AnswerKind.Unavailable, Fault: "no answer in time");
        }
        catch (BrokenCircuitException open)
        {
            // Nothing was posted. The breaker's rest is waited for like a wish of the endpoint's.
            return new Answer(AnswerKind.Unavailable, RetryAfter: open.RetryAfter > ShortestRest ? open.RetryAfter : ShortestRest);
        }
        finally
        {
            grace?.Dispose();
        }
    }

    private async ValueTask<Answer> PostOnceAsync(EventBatch batch, CancellationToken cancellation)
    {
        using var posting = _state.Meters.BeginPost(batch, _time);
        _accounts.Requested();
        batch.Posts++;
        var now = _time.GetUtcNow();
        foreach (var pending in batch.Events)
        {
            pending.Attempts++;
            pending.FirstAttemptAt ??= now;
        }

        return posting.Answered(await _state.Endpoint.PostAsync(batch, _state.Judge.HasWitness(now), cancellation));
    }

    private void Note(Answer? noted, DateTimeOffset began, bool probe)
    {
        switch (noted)
        {
            case { Kind: AnswerKind.Refused } answer when _outage.Holds && _state.Judge.RefusesAll:
                Close(answer, began, _probeInterval, probe);
                break;
            case { Kind: AnswerKind.Accepted or AnswerKind.Refused }:
                _outage.Over();
                _state.Answered(probe);
                break;
            case { Kind: AnswerKind.Misconfigured } answer:
                Close(answer, began, answer.RetryAfter > _probeInterval ? answer.RetryAfter.Value : _probeInterval, probe);
                break;
            case { RetryAfter: { } wish } answer:
                Close(answer, began, wish, probe);
                break;
            case { Kind: AnswerKind.Unavailable } answer:
                _state.Gate.Unanswered(probe);
                _outage.Suffered(answer, began, null);
                break;
            default:
                _state.Gate.Unanswered(probe);
                break;
        }
    }

    private void Close(Answer answer, DateTimeOffset began, TimeSpan wait, bool probe)
    {
        var until = _time.GetUtcNow() + wait;
        _state.CloseUntil(until, probe, answer, answer.IsOwn ? _outage.Trouble?.Why ?? answer.Describe() : answer.Describe());
        _outage.Suffered(answer, began, answer.IsOwn ? null : until);
    }
}
