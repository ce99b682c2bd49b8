using Azure.Monitor.OpenTelemetry.Exporter;
using Cax.Core.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace CaxFunctions.Telemetry;

/// <summary>Lets the app tell about itself by OpenTelemetry: to an OTLP endpoint, to Application Insights, to both or to nobody.</summary>
internal static class TelemetrySetup
{
    /// <summary>An OTLP endpoint; its other settings are those of OpenTelemetry.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>An Application Insights resource.</summary>
    public const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>
    /// What writes a line for each request at the level of information, and its address with it. The address of a collect endpoint holds the source key,
    /// that of a blob may hold a signature.
    /// </summary>
    private static readonly string[] Talkative = ["System.Net.Http.HttpClient", "Azure.Core", "Azure.Identity", "Azure.Messaging", "Azure.Storage"];

    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var category in Talkative)
        {
            builder.Logging.AddFilter(category, LogLevel.Warning);
        }

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeScopes = true;
            logs.IncludeFormattedMessage = true;
        });
        builder.Services.AddPipelineTelemetry();
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter(CaxTelemetry.Name))
            .WithTracing(traces => traces.AddSource(CaxTelemetry.Name))
            .UseFunctionsWorkerDefaults();
        if (!string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
        {
            telemetry.UseOtlpExporter();
        }

        if (!string.IsNullOrWhiteSpace(builder.Configuration[AzureMonitor]))
        {
            telemetry.UseAzureMonitorExporter(options => AzureMonitorSettings.Apply(builder.Configuration, options));
        }

        return builder;
    }

    /// <summary>What the core tells, with its notices going to the log.</summary>
    public static IServiceCollection AddPipelineTelemetry(this IServiceCollection services)
    {
        services.TryAddSingleton<PipelineLog>();
        services.TryAddSingleton(provider => new CaxTelemetry(provider.GetRequiredService<PipelineLog>().Tell));
        return services;
    }
}
