using Cax.Core.Batching;
using Cax.Core.Delivery;
using Cax.Core.Mapping;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;
using Cax.Core.Telemetry;

namespace Cax.Core.Tests.Support;

/// <summary>The real pipeline between a scripted endpoint, a clock that stands still and dead letters in memory.</summary>
public sealed class PipelineRig
{
    public const string Key = "0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11";

    private PipelineSetup? _setup;

    public PipelineRig()
        : this(new TestClock())
    {
    }

    public PipelineRig(TestClock clock)
    {
        Clock = clock;
        Endpoint = new ScriptedEndpoint(clock);
    }

    public TestClock Clock { get; }

    public ScriptedEndpoint Endpoint { get; }

    public InMemoryDeadLetters DeadLetters { get; } = new();

    /// <summary>What the runs tell about themselves; null for what nobody listens to.</summary>
    public CaxTelemetry? Telemetry { get; init; }

    /// <summary>Asked about the key before anything is posted; null to post without asking.</summary>
    public SourceCheck? Check { get; init; }

    /// <summary>Where receipts are written; null for nowhere.</summary>
    public ReceiptBook? Receipts { get; init; }

    public CaxOptions Options { get; set; } = new()
    {
        Destinations = new Dictionary<string, Destination>
        {
            ["default"] = new("default", "29", new SourceKey(Key), new Uri("https://collect.example")),
            ["second"] = new("second", "30", new SourceKey(Key), new Uri("https://collect.example")),
        },

        // Virtual time costs real time for each step: the rate has a test of its own.
        Delivery = new DeliveryOptions { RequestsPerSecond = int.MaxValue },
        Batching = new BatchingOptions(),
    };

    /// <summary>Makes events out of records; null for the real one.</summary>
    public IRecordMapper? Mapper { get; init; }

    /// <summary>What a process keeps from run to run.</summary>
    public PipelineSetup Setup => _setup ??= new PipelineSetup(
        Options, Mapper ?? new RecordMapper(Options.Mapping), DeadLetters, Endpoint, Clock, () => 0.5, Check, Telemetry, Receipts);

    public Task<RunResult> RunAsync(params SourceDelivery[] deliveries) => RunAsync(new RunOptions(), CancellationToken.None, deliveries);

    public Task<RunResult> RunAsync(RunOptions run, CancellationToken cancellation, params SourceDelivery[] deliveries) =>
        Clock.RunAsync(Task.Run(() => new EventPipeline(Setup, run).RunAsync(deliveries.ToAsyncEnumerable(), cancellation)));
}
