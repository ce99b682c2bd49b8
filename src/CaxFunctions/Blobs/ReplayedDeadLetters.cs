using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace CaxFunctions.Blobs;

/// <summary>Takes the documents of dead letters that somebody copied into the container that the setting <c>ReplayContainer</c> names.</summary>
public sealed class ReplayedDeadLetters(ReplayBlobs replays)
{
    [Function(nameof(ReplayedDeadLetters))]
    public Task RunAsync(
        [BlobTrigger("%ReplayContainer%/{name}", Source = BlobTriggerSource.EventGrid, Connection = "CaxStorage")] BlobClient blob,
        CancellationToken cancellation) => replays.ReplayAsync(blob, cancellation);
}
