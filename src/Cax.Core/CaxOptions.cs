using Cax.Core.Batching;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Duplicates;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Settings;
using Cax.Core.Sources;

namespace Cax.Core;

/// <summary>All settings, room by room. The same names serve the Function app, the command line and the tests.</summary>
public sealed record CaxOptions
{
    public SourceOptions Sources { get; init; } = new();

    public EventOptions Events { get; init; } = new();

    public MappingOptions Mapping { get; init; } = new();

    public BatchingOptions Batching { get; init; } = new();

    public DuplicateOptions Duplicates { get; init; } = new();

    public DeliveryOptions Delivery { get; init; } = new();

    public DeadLetterOptions DeadLetters { get; init; } = new();

    public AccountOptions Accounts { get; init; } = new();

    public ReportOptions Reports { get; init; } = new();

    public ConfigApiOptions ConfigApi { get; init; } = new();

    public ServiceBusOptions ServiceBus { get; init; } = new();

    public ExportOptions Exports { get; init; } = new();

    /// <summary>By name; the first one is called <c>default</c>.</summary>
    public IReadOnlyDictionary<string, Destination> Destinations { get; init; } = new Dictionary<string, Destination>();

    /// <summary>Reads everything; what is wrong is in <see cref="SettingsReader.Problems"/>.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="needsDestination">Whether a site id and a source key must be there; without sending they need not.</param>
    public static CaxOptions Read(SettingsReader settings, bool needsDestination)
    {
        var delivery = DeliveryOptions.Read(settings);
        var destinations = DestinationSettings.Read(settings, delivery, needsDestination);
        var events = EventOptions.Read(settings);
        var options = new CaxOptions
        {
            Sources = SourceOptions.Read(settings),
            Events = events,
            Mapping = MappingSettings.Read(settings, events),
            Batching = BatchingOptions.Read(settings),
            Duplicates = DuplicateOptions.Read(settings),
            Delivery = delivery,
            DeadLetters = DeadLetterOptions.Read(settings),
            Accounts = AccountOptions.Read(settings),
            Reports = ReportOptions.Read(settings),
            ConfigApi = ConfigApiOptions.Read(settings),
            ServiceBus = ServiceBusOptions.Read(settings),
            Exports = ExportOptions.Read(settings),
            Destinations = destinations,
        };
        if (options.Batching.MaxBytes < events.MaxBytes + BatchLimits.EnvelopeBytes)
        {
            settings.Problem(
                "Cax__Batching__MaxBytes",
                FormattableString.Invariant($"must leave room for one event: at least Cax__Events__MaxBytes and {BatchLimits.EnvelopeBytes} bytes more"));
        }

        if (options.Duplicates.AcrossRuns > options.Reports.KeepReceiptsDays)
        {
            settings.Problem("Cax__Duplicates__AcrossRuns", "must not be more than Cax__Reports__KeepReceiptsDays: it is the receipts that tell what was sent");
        }

        settings.RefuseUnknown("Cax");
        return options;
    }
}
