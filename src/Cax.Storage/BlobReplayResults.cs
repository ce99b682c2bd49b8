using Azure;
using Azure.Storage.Blobs.Models;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Sources;

namespace Cax.Storage;

/// <summary>What the replays of the letters of a document came to.</summary>
/// <param name="Results">By the name of the letter, oldest first.</param>
/// <param name="Damaged">The lines that are none.</param>
internal sealed record BlobReplayResults(IReadOnlyDictionary<string, IReadOnlyList<ReplayResult>> Results, IReadOnlyList<StoredDeadLetter> Damaged)
{
    public static readonly BlobReplayResults None = new(new Dictionary<string, IReadOnlyList<ReplayResult>>(), []);

    public static async ValueTask<BlobReplayResults> ReadAsync(DeadLetterContainer container, string document, CancellationToken cancellation)
    {
        await using var stream = new BlobRangeStream(container.Replays(document), version: null);
        if (!await stream.BeginAsync(cancellation))
        {
            return None;
        }

        var results = new Dictionary<string, List<ReplayResult>>(StringComparer.Ordinal);
        var damaged = new List<StoredDeadLetter>();
        await foreach (var line in new JsonRecordReader(new SourceOptions(), JsonLayout.Lines).ReadAsync(stream, cancellation))
        {
            try
            {
                var (name, result) = DeadLetterReader.ReadNamedResult(line.Utf8);
                (results.TryGetValue(name, out var earlier) ? earlier : results[name] = []).Add(result);
            }
            catch (FormatException) when (line.Fault?.Reason == ReasonCodes.EmptyInput)
            {
                // A process died between creating the blob and writing to it.
            }
            catch (FormatException)
            {
                damaged.Add(DeadLetterContainer.Damaged(document + DeadLetterContainer.ReplaysEnding, line));
            }
        }

        return new BlobReplayResults(
            results.ToDictionary(entry => entry.Key, entry => (IReadOnlyList<ReplayResult>)entry.Value, StringComparer.Ordinal), damaged);
    }

    /// <summary>Adds results, safe against others who do the same.</summary>
    public static async Task AppendAsync(
        DeadLetterContainer container, string document, IEnumerable<NamedReplayResult> results, CancellationToken cancellation)
    {
        var blob = container.Replays(document);
        using var lines = new MemoryStream();
        foreach (var result in results)
        {
            lines.Write(DeadLetterJson.Write(result));
        }

        await container.Client.OnDemandAsync(
            async () =>
            {
                try
                {
                    await WriteAsync();
                }
                catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
                {
                    await blob.CreateIfNotExistsAsync(cancellationToken: cancellation);
                    await WriteAsync();
                }
            },
            cancellation);

        Task WriteAsync()
        {
            lines.Position = 0;
            return blob.AppendBlockAsync(lines, cancellationToken: cancellation);
        }
    }
}
