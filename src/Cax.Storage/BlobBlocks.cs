using Azure.Storage.Blobs.Specialized;

namespace Cax.Storage;

/// <summary>The blocks of block blobs.</summary>
internal static class BlobBlocks
{
    /// <summary>The most blocks that a blob can have.</summary>
    public const int Most = 50_000;

    private const int CopyBytes = 16 * 1_024 * 1_024;

    /// <summary>The id of a new block. Ids of one blob have the same length, and no two processes give the same one.</summary>
    public static string NewId() => Convert.ToBase64String(Guid.NewGuid().ToByteArray());

    /// <summary>Stages what a stream holds as large blocks, in constant memory, and gives back their ids; nothing is committed.</summary>
    public static async Task<List<string>> StageAsync(BlockBlobClient blob, Stream content, CancellationToken cancellation)
    {
        var ids = new List<string>();
        var buffer = new byte[CopyBytes];
        while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) is > 0 and var count)
        {
            var id = NewId();
            using var block = new MemoryStream(buffer, 0, count, writable: false);
            await blob.StageBlockAsync(id, block, cancellationToken: cancellation);
            ids.Add(id);
        }

        return ids;
    }
}
