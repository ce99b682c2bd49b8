using Cax.Core.Reports.Health;
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

    public DestinationState(Destination destination, DeliveryOptions options, RequestRate rate, HttpMessageInvoker http, SentCounts sent, TimeProvider time)
    {
        Destination = destination;
        Gate = new DestinationGate(time);
        Rate = rate;
        Sent = sent;
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
    }

    public Destination Destination { get; }

    public CollectEndpoint Endpoint { get; }

    public DestinationGate Gate { get; }

    /// <summary>Shared by all destinations of the process.</summary>
    public RequestRate Rate { get; }

    /// <summary>Shared by all destinations of the process.</summary>
    public SentCounts Sent { get; }

    /// <summary>Circuit breaker and time-out around one request.</summary>
    public ResiliencePipeline<Answer> Guard { get; }

    public RefusalJudge Judge { get; } = new();
}
