using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Cax.Core.Documents;

namespace Cax.Storage;

/// <summary>Documents as blobs of a private container, which is created on demand.</summary>
/// <param name="container">The container; it need not exist.</param>
public sealed class BlobDocuments(BlobContainerClient container) : IDocumentStore
{
    public string Name => container.Describe();

    public async ValueTask<StoredDocument?> ReadAsync(string name, CancellationToken cancellation)
    {
        var blob = container.GetBlobClient(DocumentName.Checked(name));
        return await StorageFault.GuardAsync(
            Name,
            async () =>
            {
                try
                {
                    var document = (await blob.DownloadContentAsync(cancellation)).Value;
                    return new StoredDocument(document.Content.ToMemory(), document.Details.ETag.ToString());
                }
                catch (RequestFailedException e) when (StorageFault.IsMissing(e))
                {
                    return null;
                }
            },
            cancellation);
    }

    public async ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellation)
    {
        var stream = new BlobRangeStream(container.GetBlobBaseClient(DocumentName.Checked(name)), version: null);
        if (await stream.BeginAsync(cancellation))
        {
            return stream;
        }

        await stream.DisposeAsync();
        return null;
    }

    public async ValueTask WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var blob = container.GetBlobClient(DocumentName.Checked(name));
        var options = new BlobUploadOptions { HttpHeaders = Headers(name) };
        await GuardAsync(() => blob.UploadAsync(BinaryData.FromBytes(content), options, cancellation), cancellation);
    }

    public async ValueTask WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(write);
        await using var stream = new BlockBlobStream(
            container.GetBlockBlobClient(DocumentName.Checked(name)), Headers(name), work => GuardAsync(work, cancellation));
        await write(stream, cancellation);
        await stream.CompleteAsync(cancellation);
    }

    /// <remarks>When the answer to a success is lost, the next try finds another version, its own: then nobody has succeeded, but never two.</remarks>
    public async ValueTask<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellation)
    {
        var blob = container.GetBlobClient(DocumentName.Checked(name));
        var options = new BlobUploadOptions
        {
            HttpHeaders = Headers(name),
            Conditions = tag is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(tag) },
        };
        string? written = null;
        await GuardAsync(
            async () =>
            {
                try
                {
                    written = (await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellation)).Value.ETag.ToString();
                }
                catch (RequestFailedException e) when (e.Status == 412 || e.ErrorCode == BlobErrorCode.BlobAlreadyExists)
                {
                    // Another version is there.
                }
            },
            cancellation);
        return written;
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var begins = DocumentName.CheckedPrefix(prefix);
        await using var pages = container.GetBlobsAsync(prefix: begins, cancellationToken: cancellation).AsPages().GetAsyncEnumerator(cancellation);
        while (await StorageFault.GuardAsync(Name, () => NextAsync(pages), cancellation) is { } page)
        {
            foreach (var blob in page.Values)
            {
                yield return blob.Name;
            }
        }
    }

    public async ValueTask DeleteAsync(string name, CancellationToken cancellation)
    {
        var blob = container.GetBlobClient(DocumentName.Checked(name));
        await StorageFault.GuardAsync(
            Name,
            async () =>
            {
                try
                {
                    await blob.DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
                }
                catch (RequestFailedException e) when (StorageFault.IsMissing(e))
                {
                    // It is deleted already.
                }
            },
            cancellation);
    }

    /// <summary>Null after the last page, and when there is no container.</summary>
    private static async Task<Page<BlobItem>?> NextAsync(IAsyncEnumerator<Page<BlobItem>> pages)
    {
        try
        {
            return await pages.MoveNextAsync() ? pages.Current : null;
        }
        catch (RequestFailedException e) when (StorageFault.IsMissing(e))
        {
            return null;
        }
    }

    private Task GuardAsync(Func<Task> work, CancellationToken cancellation) =>
        StorageFault.GuardAsync(Name, () => container.OnDemandAsync(work, cancellation), cancellation);

    /// <summary>A person may open a report from the portal.</summary>
    private static BlobHttpHeaders Headers(string name) => new()
    {
        ContentType = Path.GetExtension(name) switch
        {
            ".json" => "application/json",
            ".ndjson" => "application/x-ndjson",
            ".html" => "text/html; charset=utf-8",
            ".csv" => "text/csv",
            _ => "application/octet-stream",
        },
    };
}
