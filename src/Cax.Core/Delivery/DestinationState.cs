using Cax.Core.Reports.Health;
using Cax.Core.Telemetry;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Cax.Core.Delivery;

/// <summary>What a process knows about one destination, from run to run: whether it is closed, how fast it may be called, what proves that it takes events.</summary>
internal sealed class DestinationState
{
    private const double FailureRatio = 0.9;
    private const int FewestToBreak = 5;
    private static readonly TimeSpan Sampled = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstBreak = TimeSpan.FromSeconds(1);

    private readonly SourceCheck? _check;
    private readonly Slots _asking = new(1);
    private bool _isConfirmed;
    private SourceStanding? _told;

    public DestinationState(
        Destination destination, DeliveryOptions options, RequestRate rate, HttpMessageInvoker http, SourceCheck? check, TimeProvider time,
        CaxTelemetry telemetry)
    {
        Meters = new DestinationMeters(telemetry, destination.Name);
        _check = check;
        Destination = destination;
        Gate = new DestinationGate(time);
        Rate = rate;
        Endpoint = new CollectEndpoint(http, new CollectUrl(destination, options.Mode), options.Mode, time);
        Guard = new ResiliencePipelineBuilder<Answer> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Answer>
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = FewestToBreak,
                SamplingDuration = Sampled,
                BreakDurationGenerator = args => ValueTask.FromResult(RetryDelay.Backoff(args.HalfOpenAttempts, FirstBreak, options.BackoffCap, chance: 1)),
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Exception is TimeoutRejectedException || args.Outcome.Result.Kind == AnswerKind.Unavailable),
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.RequestTimeout })
            .Build();
        telemetry.Watch(this);
    }

    public Destination Destination { get; }

    public DestinationMeters Meters { get; }

    public CollectEndpoint Endpoint { get; }

    public DestinationGate Gate { get; }

    /// <summary>Shared by all destinations of the process.</summary>
    public RequestRate Rate { get; }

    /// <summary>Shared by all destinations of the process.</summary>
    public required SentCounts Sent { get; init; }

    /// <summary>Circuit breaker and time-out around one request.</summary>
    public ResiliencePipeline<Answer> Guard { get; }

    public RefusalJudge Judge { get; } = new();

    /// <summary>Closes it after an answer.</summary>
    public void CloseUntil(DateTimeOffset until, bool probe, Answer answer, string detail)
    {
        if (Gate.CloseUntil(until, probe, answer.Closes))
        {
            Meters.Tell(new DestinationClosed(Meters.Name, answer.Closes, until, detail));
        }
    }

    /// <summary>The endpoint took or refused something.</summary>
    public void Answered(bool probe)
    {
        if (Gate.Answered(probe) is { } closedFor)
        {
            Meters.Tell(new DestinationOpened(Meters.Name, closedFor));
        }
    }

    /// <summary>
    /// Asks, before the first request of the process, whether CAX would keep what is sent: the collect endpoint answers 200 to any key. Null when it would,
    /// or nobody can tell; else what is wrong, and then it is asked again before the next request.
    /// </summary>
    public async ValueTask<Answer?> FindUnconfirmedAsync(CancellationToken cancellation)
    {
        if (_isConfirmed || _check is null)
        {
            return null;
        }

        await _asking.TakeAsync(cancellation);
        try
        {
            if (!_isConfirmed)
            {
                var verdict = await _check.CheckAsync(Destination, cancellation);
                _isConfirmed = !verdict.LosesEvents;
                Tell(verdict);
                return _isConfirmed ? null : new Answer(AnswerKind.Misconfigured, Fault: verdict.Detail);
            }

            return null;
        }
        finally
        {
            _asking.Leave();
        }
    }

    /// <summary>Says what is wrong with the key, once and not with each probe.</summary>
    private void Tell(SourceVerdict verdict)
    {
        if (verdict.Standing == _told)
        {
            return;
        }

        _told = verdict.Standing;
        if (verdict.LosesEvents)
        {
            Meters.Tell(new SourceKeyRefused(Meters.Name, verdict.Detail));
        }
        else if (verdict.Standing is SourceStanding.TokenRefused or SourceStanding.Unreachable)
        {
            Meters.Tell(new SourceKeyUnconfirmed(Meters.Name, verdict.Detail));
        }
    }
}
