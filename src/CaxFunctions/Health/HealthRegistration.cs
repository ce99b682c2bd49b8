using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.Reports.Health;
using Cax.Core.Telemetry;
using Cax.Storage;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CaxFunctions.Health;

/// <summary>Puts the health check together, on top of what the connector has already.</summary>
internal static class HealthRegistration
{
    /// <param name="services">Have <see cref="CaxOptions"/>, <see cref="PipelineSetup"/>, the clock, and <see cref="BlobServiceClient"/> unless they have a store.</param>
    /// <param name="http">How the Config API is reached; null for a connection of our own.</param>
    public static IServiceCollection AddSourceHealth(this IServiceCollection services, HttpMessageHandler? http = null)
    {
        services.TryAddSingleton<ISentCountsStore>(provider => new BlobSentCounts(
            provider.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(provider.GetRequiredService<CaxOptions>().Accounts.Container)));
        services.AddSingleton(provider => new SentCountsWriter(
            provider.GetRequiredService<PipelineSetup>().Sent, provider.GetRequiredService<ISentCountsStore>()));
        services.AddSingleton(provider => new SourceHealthCheck(
            provider.GetRequiredService<CaxOptions>().ConfigApi,
            [.. provider.GetRequiredService<CaxOptions>().Destinations.Values],
            provider.GetRequiredService<ISentCountsStore>(),
            http,
            provider.GetRequiredService<TimeProvider>()));
        services.AddPipelineTelemetry();
        services.AddSingleton<SourceHealthMetrics>();
        services.AddSingleton<HealthRuns>();
        services.AddHostedService<SentCountsService>();
        return services;
    }
}
