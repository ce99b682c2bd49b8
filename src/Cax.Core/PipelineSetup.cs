using System.Security.Cryptography;
using Cax.Core.Batching;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Duplicates;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Reports.Health;
using Cax.Core.Reports.Receipts;
using Cax.Core.Telemetry;

namespace Cax.Core;

/// <summary>What lives as long as its process and is shared by its runs: the rules, the destinations, the memory of what was sent.</summary>
public sealed class PipelineSetup
{
    private readonly DeliveryOptions _delivery;
    private readonly DestinationMeters _unknown;
    private readonly Dictionary<string, DestinationState> _destinations = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="options">All settings.</param>
    /// <param name="mapper">Makes events out of records.</param>
    /// <param name="deadLetters">Where refused events and records rest.</param>
    /// <param name="http">How the collect endpoint is reached; null for a connection of our own.</param>
    /// <param name="time">The clock.</param>
    /// <param name="chance">A number from 0 to 1 for the jitter of back-offs; null for a random one.</param>
    /// <param name="check">Asked once about each destination before anything is posted to it; null to post without asking.</param>
    /// <param name="telemetry">What is told about the runs; null for metrics and activities without notices.</param>
    /// <param name="receipts">Where runs write what became of deliveries that keep no receipts themselves; null for nowhere.</param>
    public PipelineSetup(
        CaxOptions options, IRecordMapper mapper, IDeadLetterStore deadLetters, HttpMessageHandler? http, TimeProvider time, Func<double>? chance = null,
        SourceCheck? check = null, CaxTelemetry? telemetry = null, ReceiptBook? receipts = null)
    {
        _delivery = options.Delivery;
        Mapper = mapper;
        DeadLetters = deadLetters;
        Time = time;
        Chance = chance ?? (() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue);
        Batching = options.Batching;
        MaxEventBytes = options.Events.MaxBytes;
        Strict = options.Events.Strict;
        Validator = new EventValidator(options.Events, options.Mapping.General.Consent.Element == ConsentElement.Number, time);
        Telemetry = telemetry ?? CaxTelemetry.Shared;
        Receipts = receipts;
        EarlierRuns = receipts is not null && options.Duplicates.AcrossRuns > 0
            ? new EarlierRuns(receipts, options.Duplicates.AcrossRuns, time, Telemetry.Tell)
            : null;
        Memory = new EventMemory(options.Duplicates) { EarlierRuns = EarlierRuns };
        _unknown = new DestinationMeters(Telemetry, CaxTelemetry.UnknownDestination);
        Sent = new SentCounts(time.GetUtcNow());
        var invoker = new HttpMessageInvoker(http ?? OutgoingHttp.CreateHandler());
        var rate = new RequestRate(options.Delivery.RequestsPerSecond, options.Delivery.EventsPerSecond, time, Telemetry);
        foreach (var (name, destination) in options.Destinations)
        {
            _destinations[name] = new DestinationState(destination, options.Delivery, rate, invoker, check, time, Telemetry) { Sent = Sent };
        }
    }

    /// <summary>What this process sent, by quarter hour.</summary>
    public SentCounts Sent { get; }

    internal IRecordMapper Mapper { get; }

    internal EventValidator Validator { get; }

    internal IDeadLetterStore DeadLetters { get; }

    internal EventMemory Memory { get; }

    internal ReceiptBook? Receipts { get; }

    /// <summary>What the receipts tell of earlier runs; null when nobody wants to know.</summary>
    internal EarlierRuns? EarlierRuns { get; }

    internal CaxTelemetry Telemetry { get; }

    internal TimeProvider Time { get; }

    internal Func<double> Chance { get; }

    internal BatchingOptions Batching { get; }

    internal int MaxEventBytes { get; }

    internal bool Strict { get; }

    internal BatchLimits Limits =>
        _delivery.Mode == DeliveryMode.Batch ? BatchLimits.Of(Batching) : BatchLimits.Single(MaxEventBytes);

    internal DestinationState? Destination(string name) => _destinations.GetValueOrDefault(name);

    /// <summary>What measures a destination; all that the settings do not name share one.</summary>
    internal DestinationMeters MetersOf(string destination) => Destination(destination)?.Meters ?? _unknown;

    internal DeliveryOptions Delivery => _delivery;
}
