using System.Diagnostics.Metrics;
using Cax.Core.Reports.Health;
using Cax.Core.Telemetry;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Telemetry;

public sealed class SourceHealthMetricsTests : IDisposable
{
    private readonly CaxTelemetry _telemetry = new();
    private readonly SourceHealthMetrics _metrics;

    public SourceHealthMetricsTests() => _metrics = new SourceHealthMetrics(_telemetry, new TestClock());

    [Fact]
    public void Names_beyond_the_twenty_largest_share_a_value()
    {
        _metrics.Publish([Compared([.. Enumerable.Range(1, 25).Select(i => new EventHealth($"name_{i}", i, i, i, Missing: 1, Surplus: 0))])]);

        var sent = Measure(SourceHealthMetrics.Sent);

        Assert.Equal(21, sent.Count);
        Assert.Equal(25, sent["name_25"]);
        Assert.Equal(1 + 2 + 3 + 4 + 5, sent[SentCounts.OtherNames]);
        Assert.Equal(5, Measure(SourceHealthMetrics.Missing)[SentCounts.OtherNames]);
    }

    [Fact]
    public void What_was_not_compared_has_no_value()
    {
        _metrics.Publish([Compared([new EventHealth("purchase", 1, 1, 1, 0, 0)])]);
        _metrics.Publish([new SourceHealthReport("default", SourceHealthState.Unanswered)]);

        Assert.Empty(Measure(SourceHealthMetrics.Sent));
    }

    public void Dispose() => _telemetry.Dispose();

    private static SourceHealthReport Compared(IReadOnlyList<EventHealth> events) => new("default", SourceHealthState.Compared) { Events = events };

    private Dictionary<string, long> Measure(string name)
    {
        var found = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter == _telemetry.Meter && instrument.Name == name)
            {
                Assert.Equal("{event}", instrument.Unit);
                it.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => found.Add((string)tags[1].Value!, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }
}
