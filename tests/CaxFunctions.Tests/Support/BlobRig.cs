using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.Exports;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Storage;
using CaxFunctions.Blobs;
using CaxFunctions.Profiles;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Tests.Support;

/// <summary>The blob functions of one instance of the app.</summary>
internal sealed record BlobRig(ExportBlobs Exports, ReplayBlobs Replays)
{
    public static BlobRig Of(
        PipelineSetup setup,
        CaxOptions options,
        CurrentProfiles profiles,
        BlobContainerClient exports,
        BlobContainerClient deadLetters,
        BlobContainerClient reports,
        TimeProvider time,
        ILoggerFactory logs)
    {
        var ids = new HashedIds(options.Mapping.Identity);
        var documents = new BlobDocuments(reports);
        var stores = new ExportStores(documents, new BlobDocuments(deadLetters), new ReceiptBook(documents, ids, time), ids);
        var runs = new ExportRuns(setup, options, () => profiles.Catalog, stores, Guid.NewGuid().ToString("N")) { HoldFor = options.Exports.HoldFor };
        var invocation = new BlobInvocation(options, time, logs.CreateLogger<BlobInvocation>());
        return new BlobRig(
            new ExportBlobs(runs, options, profiles, exports, invocation, time, logs.CreateLogger<ExportBlobs>()),
            new ReplayBlobs(setup, options, deadLetters, invocation, time, logs.CreateLogger<ReplayBlobs>()));
    }
}
