using Cax.Core;
using Cax.Core.Delivery;
using Cax.Core.Mapping;
using Cax.Core.Sources;
using Cax.Core.Telemetry;
using Cax.Core.Tests.Support;
using CaxFunctions.ServiceBus;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaxFunctions.Tests.Support;

/// <summary>The real function between a queue, a scripted endpoint and a clock that stands still.</summary>
public sealed class MessageRig
{
    private PipelineSetup? _setup;
    private OrderMessages? _function;

    public MessageRig()
    {
        Endpoint = new ScriptedEndpoint(Clock);
        Queue = new QueueTwin(Clock);
    }

    public TestClock Clock { get; } = new();

    public ScriptedEndpoint Endpoint { get; }

    public QueueTwin Queue { get; }

    public InMemoryDeadLetters DeadLetters { get; } = new();

    public CaxOptions Options { get; set; } = new()
    {
        Destinations = new Dictionary<string, Destination>(StringComparer.OrdinalIgnoreCase)
        {
            ["default"] = new("default", "29", new SourceKey("0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11"), new Uri("https://collect.example")),
            ["outlet"] = new("outlet", "30", new SourceKey("0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c12"), new Uri("https://collect.example")),
        },

        // Virtual time costs real time for each step: the rate has a test of its own, and the fewer probes the better.
        Delivery = new DeliveryOptions { RequestsPerSecond = int.MaxValue, BackoffCap = TimeSpan.FromMinutes(2) },
        ServiceBus = new ServiceBusOptions(),
    };

    /// <summary>Where logs go; nowhere unless a test looks.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>What the runs tell; by default to <see cref="Logs"/>.</summary>
    public CaxTelemetry? Telemetry { get; init; }

    /// <summary>Makes events out of records; null for the real one.</summary>
    public IRecordMapper? Mapper { get; init; }

    /// <summary>Asked before anything is sent; null for no asking.</summary>
    public SourceCheck? Check { get; set; }

    public int Invocations { get; private set; }

    public PipelineSetup Setup => _setup ??= new PipelineSetup(
        Options, Mapper ?? new RecordMapper(Options.Mapping), DeadLetters, Endpoint, Clock, () => 0.5, Check,
        Telemetry ?? new CaxTelemetry(new PipelineLog(Logs.CreateLogger<PipelineLog>()).Tell));

    /// <summary>The process is gone, and with it what it remembers; a new one takes its place.</summary>
    public void Restart() => (_setup, _function) = (null, null);

    /// <summary>One receive and one invocation. Gives back how often settling was tried.</summary>
    public async Task<int> InvokeAsync(int most = 250, CancellationToken cancellation = default)
    {
        Invocations++;
        _function ??= new OrderMessages(new MessageRuns(Setup, Options, Clock, Logs.CreateLogger<MessageRuns>()));
        var messages = Queue.Receive(most);
        var actions = Queue.Actions();
        try
        {
            await Clock.RunAsync(Task.Run(() => _function.RunAsync(messages, actions, cancellation), CancellationToken.None));
        }
        finally
        {
            actions.Ended = true;
        }

        return actions.Tries;
    }

    /// <summary>Receives and invokes, as one instance does, until the queue is empty; when everything is locked, waits for a lock to run out.</summary>
    public async Task DrainAsync(int most = 250, Action? afterEach = null)
    {
        while (Queue.NextAt is { } next)
        {
            if (next > Clock.UtcNow)
            {
                Clock.UtcNow = next;
            }

            await InvokeAsync(most);
            afterEach?.Invoke();
        }
    }

    public static string Lead(string id, string? source = null) =>
        $$$"""{"type":"lead.created","version":1,"source":"{{{source ?? "forms"}}}","occurredAt":"2026-11-21T08:00:00Z","lead":{"id":"{{{id}}}"},"customer":{"email":"ada@example.com"},"consent":{"categories":["1"]}}""";
}
