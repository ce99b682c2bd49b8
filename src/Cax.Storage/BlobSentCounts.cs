using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Cax.Core.Reports.Health;

namespace Cax.Storage;

/// <summary>
/// Sent counts in a private blob container that is created on demand: <c>yyyy/MM/dd/HHmm/{process}.json</c>, and <c>looks/{destination}.json</c> for what the
/// health check last saw at CAX.
/// </summary>
/// <param name="container">The container; it need not exist.</param>
public sealed class BlobSentCounts(BlobContainerClient container) : ISentCountsStore
{
    private const string Ending = ".json";
    private static readonly BlobHttpHeaders Json = new() { ContentType = "application/json" };

    private string Name => container.Describe();

    public async ValueTask WriteAsync(SentQuarter counts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(counts);
        await PutAsync(counts.Name + Ending, SentCountsJson.Write(counts), cancellation);
    }

    public async ValueTask<SentOfAll> ReadAsync(DateTimeOffset quarter, CancellationToken cancellation)
    {
        var processes = new List<SentQuarter>();
        var unreadable = new List<string>();
        foreach (var name in await NamesAsync(SentQuarter.FolderOf(quarter), cancellation))
        {
            if (await GetAsync(name, cancellation) is not { } document)
            {
                continue;
            }

            try
            {
                processes.Add(SentCountsJson.Read(document));
            }
            catch (FormatException)
            {
                unreadable.Add(name);
            }
        }

        return new SentOfAll(processes, unreadable);
    }

    public async ValueTask<SourceLook?> ReadLookAsync(string destination, CancellationToken cancellation) =>
        await GetAsync(LookName(destination), cancellation) is { } document ? SourceLookJson.TryRead(document) : null;

    public async ValueTask WriteLookAsync(SourceLook look, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(look);
        await PutAsync(LookName(look.Destination), SourceLookJson.Write(look), cancellation);
    }

    private static string LookName(string destination) => $"looks/{Uri.EscapeDataString(destination.ToLowerInvariant())}{Ending}";

    private Task PutAsync(string name, byte[] document, CancellationToken cancellation) => StorageFault.GuardAsync(
        Name,
        () => container.OnDemandAsync(
            () => container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(document), new BlobUploadOptions { HttpHeaders = Json }, cancellation),
            cancellation),
        cancellation);

    /// <summary>Null when there is none of this name.</summary>
    private Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellation) => StorageFault.GuardAsync<ReadOnlyMemory<byte>?>(
        Name,
        async () =>
        {
            try
            {
                return (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content.ToMemory();
            }
            catch (RequestFailedException e) when (StorageFault.IsMissing(e))
            {
                return null;
            }
        },
        cancellation);

    private Task<List<string>> NamesAsync(string folder, CancellationToken cancellation) => StorageFault.GuardAsync(
        Name,
        async () =>
        {
            var names = new List<string>();
            try
            {
                await foreach (var blob in container.GetBlobsAsync(prefix: folder, cancellationToken: cancellation))
                {
                    names.Add(blob.Name);
                }
            }
            catch (RequestFailedException e) when (StorageFault.IsMissing(e))
            {
                // Nothing was sent yet.
            }

            return names;
        },
        cancellation);
}
