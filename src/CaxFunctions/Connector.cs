using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.Delivery;
using Cax.Core.Mapping;
using Cax.Core.Reports.Receipts;
using Cax.Core.Settings;
using Cax.Core.Telemetry;
using Cax.Storage;
using CaxFunctions.Blobs;
using CaxFunctions.Health;
using CaxFunctions.Profiles;
using CaxFunctions.ServiceBus;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CaxFunctions;

/// <summary>Puts the connector together out of its settings.</summary>
internal static class Connector
{
    /// <summary>The connection to the storage account of exports, replays, dead letters, reports and accounts.</summary>
    private const string Storage = "CaxStorage";

    /// <exception cref="InvalidOperationException">Settings are wrong; the message names all of them, and no value.</exception>
    public static IServiceCollection AddConnector(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = new SettingsReader(configuration.AsEnumerable());
        var options = CaxOptions.Read(settings, needsDestination: true);
        var storage = StorageConnection.Open(settings, Storage);
        if (settings.Problems.Count > 0 || storage is null)
        {
            throw new InvalidOperationException($"The settings are wrong.{Environment.NewLine}{string.Join(Environment.NewLine, settings.Problems)}");
        }

        services.AddPipelineTelemetry();
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(storage);
        services.AddSingleton(storage.GetBlobContainerClient(options.DeadLetters.Container));
        services.AddSingleton<IRecordMapper>(provider =>
        {
            var profiles = provider.GetRequiredService<CurrentProfiles>();
            return new RecordMapper(options.Mapping, () => profiles.Catalog);
        });
        services.AddSingleton(provider => new PipelineSetup(
            options,
            provider.GetRequiredService<IRecordMapper>(),
            new BlobDeadLetterStore(provider.GetRequiredService<BlobContainerClient>(), provider.GetRequiredService<TimeProvider>()),
            http: null,
            provider.GetRequiredService<TimeProvider>(),
            check: new SourceCheck(options.ConfigApi, http: null, provider.GetRequiredService<TimeProvider>()),
            telemetry: provider.GetRequiredService<CaxTelemetry>(),
            receipts: provider.GetRequiredService<ReceiptBook>()));
        services.AddProfiles();
        services.AddSingleton<MessageRuns>();
        services.AddSingleton<BlobInvocation>();
        services.AddSingleton<ReplayBlobs>();
        services.AddExports(storage, configuration["ExportsContainer"] ?? "exports", options);
        return services.AddSourceHealth();
    }
}
