using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.Exports;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Storage;
using CaxFunctions.Profiles;
using Microsoft.Extensions.DependencyInjection;

namespace CaxFunctions.Blobs;

/// <summary>Puts together what sends export files.</summary>
internal static class ExportRegistration
{
    public static IServiceCollection AddExports(this IServiceCollection services, BlobServiceClient storage, string container, CaxOptions options)
    {
        var ids = new HashedIds(options.Mapping.Identity);
        var reports = new BlobDocuments(storage.GetBlobContainerClient(options.Reports.Container));
        services.AddSingleton(provider => new ReceiptBook(reports, ids, provider.GetRequiredService<TimeProvider>(), options.Reports.KeepReceiptsDays));
        services.AddSingleton(provider =>
        {
            var profiles = provider.GetRequiredService<CurrentProfiles>();
            var stores = new ExportStores(
                reports, new BlobDocuments(provider.GetRequiredService<BlobContainerClient>()), provider.GetRequiredService<ReceiptBook>(), ids);

            // Instances come and go, and none knows of the others: whoever is gone lets its leases lapse.
            return new ExportRuns(provider.GetRequiredService<PipelineSetup>(), options, () => profiles.Catalog, stores, Guid.NewGuid().ToString("N"))
            {
                HoldFor = options.Exports.HoldFor,
            };
        });
        return services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ExportBlobs>(provider, storage.GetBlobContainerClient(container)));
    }
}
