using System.Diagnostics.Metrics;
using Cax.Core.Reports.Health;

namespace Cax.Core.Telemetry;

/// <summary>
/// The last health check as gauges, in events of the time it compared, by <c>destination</c> and <c>event_name</c>. The twenty names with the most events
/// have a value of their own; the others share <c>(other)</c>. After twenty minutes without a check there is no value: another process checks now.
/// </summary>
/// <remarks>The gauges belong to the meter of what they are made with, and live as long. One for each.</remarks>
public sealed class SourceHealthMetrics
{
    public const string Sent = "cax.source.sent";
    public const string Collected = "cax.source.collected";
    public const string Normalized = "cax.source.normalized";
    public const string Missing = "cax.source.missing";

    private const int MostNames = 20;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(20);

    private readonly TimeProvider _time;
    private volatile Published? _last;

    /// <param name="telemetry">Has the meter.</param>
    /// <param name="time">The clock.</param>
    public SourceHealthMetrics(CaxTelemetry telemetry, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(telemetry);
        _time = time;
        Observe(Sent, "Events answered 2xx", health => health.Sent);
        Observe(Collected, "Events that CAX counted as arrived", health => health.Collected);
        Observe(Normalized, "Events that CAX counted as accepted", health => health.Normalized);
        Observe(Missing, "Events answered 2xx that CAX certainly did not count as arrived", health => health.Missing);

        void Observe(string name, string description, Func<EventHealth, long> value) =>
            telemetry.Meter.CreateObservableGauge(name, () => Measure(value), "{event}", description);
    }

    /// <summary>Replaces the values of the last check.</summary>
    public void Publish(IEnumerable<SourceHealthReport> reports) => _last = new Published(
        _time.GetUtcNow(),
        [.. reports.Where(report => report.State == SourceHealthState.Compared).Select(report => (report.Destination, Few(report.Events)))]);

    private IEnumerable<Measurement<long>> Measure(Func<EventHealth, long> value) =>
        _last is not { } last || _time.GetUtcNow() - last.At > Fresh
            ? []
            : last.Destinations.SelectMany(destination => destination.Events.Select(health => new Measurement<long>(
                value(health), new(Tags.Destination, destination.Name), new(Tags.EventName, health.Name))));

    private static List<EventHealth> Few(IReadOnlyList<EventHealth> events)
    {
        var ordered = events.OrderByDescending(health => health.Sent).ToList();
        var rest = ordered.Skip(MostNames).ToList();
        return rest.Count == 0
            ? ordered
            : [
                .. ordered.Take(MostNames),
                new EventHealth(
                    SentCounts.OtherNames,
                    rest.Sum(health => health.Sent),
                    rest.Sum(health => health.Collected),
                    rest.Sum(health => health.Normalized),
                    rest.Sum(health => health.Missing),
                    rest.Sum(health => health.Surplus)),
            ];
    }

    private sealed record Published(DateTimeOffset At, IReadOnlyList<(string Name, List<EventHealth> Events)> Destinations);
}
