using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace CaxFunctions.Blobs;

/// <summary>Takes the files of the container that the setting <c>ExportsContainer</c> names.</summary>
public sealed class ExportFiles(ExportBlobs exports)
{
    [Function(nameof(ExportFiles))]
    public Task RunAsync(
        [BlobTrigger("%ExportsContainer%/{name}", Source = BlobTriggerSource.EventGrid, Connection = "CaxStorage")] BlobClient blob,
        CancellationToken cancellation) => exports.SendAsync(blob, cancellation);
}
