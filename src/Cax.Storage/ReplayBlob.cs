using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Cax.Core.DeadLetters;

namespace Cax.Storage;

/// <summary>A document that somebody copied into the replay container: it is replayed, and then archived beside the dead letters.</summary>
/// <param name="blob">The document in the replay container.</param>
/// <param name="file">The version of it that is replayed.</param>
/// <param name="deadLetters">The container of dead letters.</param>
/// <param name="time">The clock.</param>
public sealed class ReplayBlob(BlobBaseClient blob, BlobFile file, BlobContainerClient deadLetters, TimeProvider time)
{
    /// <summary>The document as deliveries.</summary>
    /// <param name="tell">Hears of each letter that cannot be replayed, and why.</param>
    public ReplayedDocument Document(Action<string> tell) => new(
        file.Source,
        new BlobDeadLetterStore(deadLetters, time),
        file.IsForced,
        time,
        tell);

    /// <summary>
    /// Moves the document to <c>replayed/yyyy/MM/dd/{hash}/{name}</c> in the container of dead letters; the day is the one on which it was put into the
    /// replay container, the hash that of its identity, so that a later document of the same name does not take its place. A document that was written again since is a new one, and stays.
    /// </summary>
    /// <exception cref="IOException">The store cannot be reached or does not permit it, or the document was changed. Doing it again is safe.</exception>
    public Task ArchiveAsync(CancellationToken cancellation)
    {
        var container = new DeadLetterContainer(deadLetters);
        var day = file.ReceivedAt.UtcDateTime.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture);
        var archive = container.Archive($"{day}/{file.Fingerprint}/{file.Path}");
        return StorageFault.GuardAsync(
            file.Name,
            async () =>
            {
                await container.Client.OnDemandAsync(
                    async () =>
                    {
                        await using var content = file.Open();
                        var blocks = await BlobBlocks.StageAsync(archive, content, cancellation);
                        await archive.CommitBlockListAsync(blocks, cancellationToken: cancellation);
                    },
                    cancellation);
                return await blob.DeleteIfExistsAsync(
                    DeleteSnapshotsOption.IncludeSnapshots, new BlobRequestConditions { IfMatch = file.Version }, cancellation);
            },
            cancellation);
    }
}
