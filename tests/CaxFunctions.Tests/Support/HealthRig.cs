using System.Diagnostics.Metrics;
using System.Globalization;
using Cax.Core;
using Cax.Core.Delivery;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Reports.Health;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using Cax.Core.Telemetry;
using Cax.Simulator;
using CaxFunctions.Health;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Tests.Support;

/// <summary>The real function and the real pipeline before the twin, all on one clock that stands still.</summary>
internal sealed class HealthRig : IAsyncDisposable
{
    public const string Key = "0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11";
    public const string Token = "s3cret-token";

    private readonly ServiceProvider _services;
    private readonly SourceHealth _function;

    private HealthRig(TestClock clock, CaxTwin twin, string? token)
    {
        (Clock, Twin) = (clock, twin);
        Options = new CaxOptions
        {
            Destinations = new Dictionary<string, Destination> { ["default"] = new("default", "29", new SourceKey(Key), twin.Url) },
            Delivery = new DeliveryOptions { RequestsPerSecond = int.MaxValue },
            Events = new EventOptions { Severities = new Dictionary<string, Severity> { ["CAX037"] = Severity.Warning } },
            ConfigApi = new ConfigApiOptions { Token = token, Endpoint = twin.Url },
        };
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(Log))
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(Options)
            .AddSingleton(NewSetup())
            .AddSingleton<ISentCountsStore>(Store)
            .AddSourceHealth()
            .BuildServiceProvider();
        _function = ActivatorUtilities.CreateInstance<SourceHealth>(_services);
    }

    public TestClock Clock { get; }

    public CaxTwin Twin { get; }

    public CaxOptions Options { get; }

    public InMemorySentCounts Store { get; } = new();

    public RecordedLog Log { get; } = new();

    public SentCountsService Service => _services.GetServices<IHostedService>().OfType<SentCountsService>().Single();

    public static async Task<HealthRig> StartAsync(string? keyOfTheSource = Key, string? token = Token)
    {
        var clock = new TestClock();
        var twin = await CaxTwin.StartAsync(new TwinOptions { SiteId = "29", Key = keyOfTheSource, ConfigToken = Token, TimeProvider = clock });
        return new HealthRig(clock, twin, token);
    }

    /// <summary>Sends leads in one request through this app.</summary>
    public Task SendAsync(string name, int count) => SendAsync(_services.GetRequiredService<PipelineSetup>(), name, count);

    /// <summary>Sends leads from elsewhere with the same key; nothing of it is counted here.</summary>
    public Task SendFromElsewhereAsync(string name, int count) => SendAsync(NewSetup(), name, count);

    /// <summary>Sends records in one request through this app.</summary>
    public Task SendAsync(string name, IReadOnlyList<string> records) => SendAsync(_services.GetRequiredService<PipelineSetup>(), name, records);

    /// <summary>A purchase that the settings of this app let pass, and the twin does not.</summary>
    public static string UnlistedStatus(int number) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "event_name": "purchase", "id": "ORD-{{number}}", "type": "online", "status": "archived", "payment_method": "card", "currency": "EUR",
          "revenue": 50.00, "tax_amount": 10.00, "shipping_amount": 4.90, "value": 64.90,
          "items": [{ "id": "SKU-88-M", "quantity": 2, "product": { "id": "88", "name": "Linen shirt", "price": 30.00 } }],
          "user": { "id": "C-1", "consistent_anonymous_id": "a-1", "consent_categories": ["1"] },
          "context": { "event_timestamp": {{TestClock.Morning.ToUnixTimeMilliseconds()}} }
        }
        """);

    /// <summary>The events of the metrics at this moment.</summary>
    public IReadOnlyList<string> Measure()
    {
        var found = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter == _services.GetRequiredService<CaxTelemetry>().Meter)
            {
                it.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            found.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name} {value} {tags[0].Value} {tags[1].Value}")));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>What the host does a minute after things were sent, and a timer every quarter of an hour; until everything is final.</summary>
    public async Task SettleAsync()
    {
        await _services.GetRequiredService<SentCountsWriter>().WriteAsync(CancellationToken.None);
        Clock.Advance(TimeSpan.FromHours(1));
        await CheckAsync();
        Clock.Advance(TimeSpan.FromMinutes(15));
        await CheckAsync();
    }

    public Task CheckAsync() => _function.RunAsync(new TimerInfo(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Twin.DisposeAsync();
    }

    private PipelineSetup NewSetup() => new(Options, new RecordMapper(Options.Mapping), new InMemoryDeadLetters(), null, Clock, () => 0.5);

    private static Task SendAsync(PipelineSetup setup, string name, int count) =>
        SendAsync(setup, name, [.. Enumerable.Range(0, count).Select(i => Leads.WithoutId($"{name}-{i}"))]);

    private static async Task SendAsync(PipelineSetup setup, string name, IReadOnlyList<string> records)
    {
        SourceDelivery[] delivery = [new TestDelivery(name, records)];
        var result = await new EventPipeline(setup, new RunOptions()).RunAsync(delivery.ToAsyncEnumerable(), CancellationToken.None);
        Assert.Equal(records.Count, result.Accounts.Events.Sent);
    }
}
