using System.Diagnostics;
using System.Diagnostics.Metrics;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Cax.Core;
using Cax.Core.Telemetry;
using CaxFunctions.ServiceBus;
using CaxFunctions.Telemetry;
using CaxFunctions.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CaxFunctions.Tests.Telemetry;

public sealed class TelemetrySetupTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("http://127.0.0.1:9", true)]
    public void What_the_core_measures_is_exported_once_an_endpoint_is_set(string? endpoint, bool isMeasured)
    {
        using var host = Build((TelemetrySetup.OtlpEndpoint, endpoint));
        host.Services.GetRequiredService<TracerProvider>();
        host.Services.GetRequiredService<MeterProvider>();
        using var meter = new Meter(CaxTelemetry.Name);
        using var traces = new ActivitySource(CaxTelemetry.Name);

        Assert.Equal(isMeasured, meter.CreateCounter<long>("cax.test").Enabled);
        Assert.True(traces.HasListeners());
    }

    [Fact]
    public async Task Notices_of_the_core_go_to_the_log()
    {
        using var book = new LogBook();
        var services = new ServiceCollection().AddPipelineTelemetry();
        services.AddSingleton<ILogger<PipelineLog>>(new Logger<PipelineLog>(book));
        await using var provider = services.BuildServiceProvider();
        var rig = new MessageRig { Telemetry = provider.GetRequiredService<CaxTelemetry>() };
        rig.DeadLetters.Fails = true;
        rig.Queue.Send("{}");
        var message = new MessageDelivery("OrderMessages", Assert.Single(rig.Queue.Receive(1)), rig.Queue.Actions(), rig.Options);

        await new EventPipeline(rig.Setup, new RunOptions()).RunAsync(new[] { message }.ToAsyncEnumerable(), CancellationToken.None);

        Assert.Equal(507, Assert.Single(book.Entries).Id);
    }

    [Fact]
    public void Logs_carry_their_scopes_and_what_writes_addresses_is_silent_unless_something_is_wrong()
    {
        using var host = Build();
        var logs = host.Services.GetRequiredService<ILoggerFactory>();

        Assert.True(host.Services.GetRequiredService<IOptionsMonitor<OpenTelemetryLoggerOptions>>().CurrentValue.IncludeScopes);
        Assert.True(logs.CreateLogger<PipelineLog>().IsEnabled(LogLevel.Information));
        foreach (var category in (string[])["System.Net.Http.HttpClient.cax.LogicalHandler", "Azure.Core", "Azure.Identity", "Azure.Messaging.ServiceBus"])
        {
            Assert.False(logs.CreateLogger(category).IsEnabled(LogLevel.Information));
            Assert.True(logs.CreateLogger(category).IsEnabled(LogLevel.Warning));
        }
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("ClientId=7d0c", false)]
    [InlineData("Authorization=AAD", true)]
    [InlineData(" clientid = 7d0c ; authorization = aad ;", true)]
    public void Application_insights_gets_every_trace_and_an_identity_when_one_is_asked_for(string? authentication, bool hasIdentity)
    {
        var options = new AzureMonitorExporterOptions { TracesPerSecond = 5, SamplingRatio = 0.1f };

        AzureMonitorSettings.Apply(
            Configuration((TelemetrySetup.AzureMonitor, "InstrumentationKey=0"), (AzureMonitorSettings.Authentication, authentication)), options);

        Assert.Equal(("InstrumentationKey=0", null, 1f), (options.ConnectionString, options.TracesPerSecond, options.SamplingRatio));
        Assert.Equal(hasIdentity ? typeof(ManagedIdentityCredential) : null, options.Credential?.GetType());
    }

    private static IHost Build(params (string Name, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Values(settings));
        builder.AddTelemetry();
        return builder.Build();
    }

    private static IConfigurationRoot Configuration(params (string Name, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(Values(settings))
        .Build();

    private static Dictionary<string, string?> Values((string Name, string? Value)[] settings) => settings.ToDictionary(setting => setting.Name, setting => setting.Value);
}
