using System.Collections.Concurrent;
using Azure;
using Azure.Storage.Blobs.Specialized;
using Cax.Core.DeadLetters;

namespace Cax.Storage;

/// <summary>
/// The letters of one run: each document is a block blob, each set of letters a block of it. The first block of a run begins the document from
/// nothing. Only the ids of blocks are kept in memory.
/// </summary>
internal sealed class BlobDeadLetterWriter(DeadLetterContainer container, TimeProvider time, int mostBlocks) : IDeadLetterWriter
{
    private const int DocumentsAtOnce = 8;

    /// <summary>A store that does not answer is left alone for so long: otherwise each letter of a long outage would wait for its own tries.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, List<string>> _blocks = new(StringComparer.Ordinal);
    private (DateTimeOffset Until, string Why)? _failed;

    public async ValueTask WriteAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation)
    {
        if (_failed is { } failed && time.GetUtcNow() < failed.Until)
        {
            throw new IOException(failed.Why);
        }

        try
        {
            await Parallel.ForEachAsync(
                letters.GroupBy(letter => letter.Document, StringComparer.Ordinal),
                new ParallelOptions { MaxDegreeOfParallelism = DocumentsAtOnce, CancellationToken = cancellation },
                async (document, token) => await StorageFault.GuardAsync(container.Name, () => WriteAsync(document.Key, document, token), token));
            _failed = null;
        }
        catch (IOException e) when (StorageFault.IsOutage(e))
        {
            _failed = (time.GetUtcNow() + Pause, e.Message);
            throw;
        }
    }

    private async Task WriteAsync(string document, IEnumerable<DeadLetter> letters, CancellationToken cancellation)
    {
        var blob = container.Letters(document);
        using var lines = new MemoryStream();
        foreach (var letter in letters.GroupBy(letter => letter.Name, StringComparer.Ordinal).Select(same => same.Last()))
        {
            lines.Write(DeadLetterJson.Write(letter));
        }

        var earlier = _blocks.GetValueOrDefault(document) ?? [];
        if (earlier.Count >= mostBlocks)
        {
            earlier = await MergeAsync(blob, cancellation);
        }

        try
        {
            _blocks[document] = await AddAsync(blob, earlier, lines, cancellation);
        }
        catch (RequestFailedException e) when (e.ErrorCode == "InvalidBlockList" && earlier.Count == 0)
        {
            // Another process wrote the document between our block and our list, which throws away what it does not name.
            _blocks[document] = await AddAsync(blob, earlier, lines, cancellation);
        }
    }

    private async Task<List<string>> AddAsync(BlockBlobClient blob, List<string> earlier, MemoryStream lines, CancellationToken cancellation)
    {
        var id = BlobBlocks.NewId();
        await container.Client.OnDemandAsync(
            () =>
            {
                lines.Position = 0;
                return blob.StageBlockAsync(id, lines, cancellationToken: cancellation);
            },
            cancellation);
        List<string> all = [.. earlier, id];
        await blob.CommitBlockListAsync(all, cancellationToken: cancellation);
        return all;
    }

    /// <summary>Makes a few large blocks out of very many small ones.</summary>
    private static async Task<List<string>> MergeAsync(BlockBlobClient blob, CancellationToken cancellation)
    {
        await using var content = new BlobRangeStream(blob, version: null);
        return await BlobBlocks.StageAsync(blob, content, cancellation);
    }
}
