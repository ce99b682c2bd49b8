using Cax.Core.Telemetry;

namespace Cax.Core.Delivery;

/// <summary>Spaces requests evenly, so that no second holds more than the limit; optionally events too.</summary>
internal sealed class RequestRate(int requestsPerSecond, int eventsPerSecond, TimeProvider time, CaxTelemetry telemetry)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Waits for the turn of a request with so many events.</summary>
    public async ValueTask WaitAsync(int events, CancellationToken cancellation)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var turn = _next > now ? _next : now;
            var share = Math.Max(1.0 / requestsPerSecond, eventsPerSecond > 0 ? (double)events / eventsPerSecond : 0);
            _next = turn + TimeSpan.FromSeconds(share);
            wait = turn - now;
        }

        telemetry.Instruments.RateWait.Record(wait.TotalSeconds);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellation);
        }
    }
}
