using System.Diagnostics.Metrics;

namespace Cax.Core.Telemetry;

/// <summary>
/// Everything that is measured while events are sent, with unit, meaning and, for histograms, buckets; <see cref="SourceHealthMetrics"/> adds what became
/// of them. The README has the same table; a test compares them.
/// </summary>
internal sealed class Instruments
{
    private static readonly InstrumentAdvice<double> RequestSeconds = new() { HistogramBucketBoundaries = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20] };
    private static readonly InstrumentAdvice<double> WaitSeconds = new() { HistogramBucketBoundaries = [0, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };
    private static readonly InstrumentAdvice<double> AgeSeconds = new() { HistogramBucketBoundaries = [1, 5, 15, 60, 300, 900, 1_800, 3_600, 10_800, 43_200, 86_400, 259_200] };
    private static readonly InstrumentAdvice<int> BatchSize = new() { HistogramBucketBoundaries = [1_000, 5_000, 10_000, 50_000, 100_000, 200_000, 300_000, 400_000, 450_000, 500_000] };
    private static readonly InstrumentAdvice<int> BatchCount = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 200, 300, 400, 500] };

    public Instruments(Meter meter, Func<IEnumerable<Measurement<int>>> closures)
    {
        Events = meter.CreateCounter<long>("cax.events", "{event}", "Events, by what became of them");
        Records = meter.CreateCounter<long>("cax.records", "{record}", "Records, by what became of them");
        BatchBytes = meter.CreateHistogram("cax.batch.bytes", "By", "Size of the body of a batch", advice: BatchSize);
        BatchEvents = meter.CreateHistogram("cax.batch.events", "{event}", "Events in a batch", advice: BatchCount);
        BatchesClosed = meter.CreateCounter<long>("cax.batch.closed", "{batch}", "Batches that were closed, by why");
        RequestDuration = meter.CreateHistogram("cax.request.duration", "s", "Duration of one request to the collect endpoint", advice: RequestSeconds);
        RequestRetries = meter.CreateCounter<long>("cax.request.retries", "{request}", "Requests that repeat an earlier one");
        RateWait = meter.CreateHistogram("cax.rate.wait", "s", "How long a request waits so that the rate is kept", advice: WaitSeconds);
        EventAge = meter.CreateHistogram("cax.event.age", "s", "From the moment the source got the delivery to the 2xx for the event", advice: AgeSeconds);
        SettlementFailures = meter.CreateCounter<long>("cax.settlement.failures", "{delivery}", "Deliveries whose source could not be told their outcome");
        LocksLost = meter.CreateCounter<long>("cax.locks.lost", "{delivery}", "Deliveries that their source took back before they were settled");
        DeadLettersWritten = meter.CreateCounter<long>("cax.dead_letters.written", "{letter}", "Dead letters that were written");
        DeadLettersFailed = meter.CreateCounter<long>("cax.dead_letters.failed", "{letter}", "Dead letters that could not be written");
        meter.CreateObservableGauge("cax.destination.closed", closures, "1", "Whether nothing is posted to a destination for a while, by why");
    }

    public Counter<long> Events { get; }

    public Counter<long> Records { get; }

    public Histogram<int> BatchBytes { get; }

    public Histogram<int> BatchEvents { get; }

    public Counter<long> BatchesClosed { get; }

    public Histogram<double> RequestDuration { get; }

    public Counter<long> RequestRetries { get; }

    public Histogram<double> RateWait { get; }

    public Histogram<double> EventAge { get; }

    public Counter<long> SettlementFailures { get; }

    public Counter<long> LocksLost { get; }

    public Counter<long> DeadLettersWritten { get; }

    public Counter<long> DeadLettersFailed { get; }
}
