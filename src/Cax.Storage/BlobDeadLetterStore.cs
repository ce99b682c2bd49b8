using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Cax.Core.DeadLetters;

namespace Cax.Storage;

/// <summary>
/// Dead letters in a private blob container that is created on demand: the letters of a document are the lines of <c>{document}.ndjson</c>, the results
/// of their replays the lines of <c>{document}.replays</c> beside it.
/// </summary>
/// <remarks>A name that comes twice in a document counts once, the first time: a later one differs from it at most in counts and times.</remarks>
public sealed class BlobDeadLetterStore : IDeadLetterStore
{
    private readonly DeadLetterContainer _container;
    private readonly TimeProvider _time;
    private readonly int _mostBlocks;

    /// <param name="container">The container; it need not exist.</param>
    /// <param name="time">The clock.</param>
    public BlobDeadLetterStore(BlobContainerClient container, TimeProvider time)
        : this(container, time, BlobBlocks.Most)
    {
    }

    internal BlobDeadLetterStore(BlobContainerClient container, TimeProvider time, int mostBlocks)
    {
        _container = new DeadLetterContainer(container);
        _time = time;
        _mostBlocks = mostBlocks;
    }

    public IDeadLetterWriter Begin() => new BlobDeadLetterWriter(_container, _time, _mostBlocks);

    /// <summary>Whether the container is there. A container that is not there yet is created with the first letter.</summary>
    /// <exception cref="IOException">The store cannot be reached, or does not permit it.</exception>
    public Task<bool> ExistsAsync(CancellationToken cancellation) => StorageFault.GuardAsync(
        _container.Name,
        async () =>
        {
            try
            {
                // The least that a SAS for reading or writing blobs permits; nothing has this name.
                await _container.Client.GetBlobClient("_").GetPropertiesAsync(cancellationToken: cancellation);
                return true;
            }
            catch (RequestFailedException e) when (StorageFault.IsMissing(e))
            {
                return e.ErrorCode != BlobErrorCode.ContainerNotFound;
            }
        },
        cancellation);

    public async ValueTask ForgetAsync(BlockLetters letters, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(letters);
        foreach (var prefix in letters.Prefixes)
        {
            await foreach (var name in NamesAsync(prefix, cancellation))
            {
                if (letters.Includes(name, prefix))
                {
                    await StorageFault.GuardAsync(_container.Name, () => _container.Client.DeleteBlobIfExistsAsync(name, cancellationToken: cancellation), cancellation);
                }
            }
        }
    }

    public async IAsyncEnumerable<StoredDeadLetter> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        string? document = null;
        await foreach (var name in DocumentNamesAsync(cancellation))
        {
            // The results of a document follow it in the order of names.
            var hasReplays = document is not null && name == document + DeadLetterContainer.ReplaysEnding;
            if (document is not null)
            {
                await foreach (var stored in ReadAsync(document, hasReplays, cancellation))
                {
                    yield return stored;
                }
            }

            document = name.EndsWith(DeadLetterContainer.LettersEnding, StringComparison.Ordinal) ? name[..^DeadLetterContainer.LettersEnding.Length] : null;
        }
    }

    public async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<ReplayResult>>> ReadResultsAsync(string document, CancellationToken cancellation) =>
        (await BlobReplayResults.ReadAsync(_container, document, cancellation)).Results;

    public ValueTask WriteResultAsync(string name, ReplayResult result, CancellationToken cancellation) =>
        WriteResultsAsync([new NamedReplayResult(name, result)], cancellation);

    public async ValueTask WriteResultsAsync(IReadOnlyCollection<NamedReplayResult> results, CancellationToken cancellation)
    {
        foreach (var document in results.GroupBy(result => DeadLetter.DocumentOf(result.Name), StringComparer.Ordinal))
        {
            await StorageFault.GuardAsync(_container.Name, () => BlobReplayResults.AppendAsync(_container, document.Key, document, cancellation), cancellation);
        }
    }

    /// <summary>The names of all documents and results, in order; ends with an empty one.</summary>
    private async IAsyncEnumerable<string> DocumentNamesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var name in NamesAsync(prefix: null, cancellation))
        {
            if (!DeadLetterContainer.IsOther(name))
            {
                yield return name;
            }
        }

        yield return "";
    }

    private async IAsyncEnumerable<string> NamesAsync(string? prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var pages = _container.Client.GetBlobsAsync(prefix: prefix, cancellationToken: cancellation).AsPages().GetAsyncEnumerator(cancellation);
        while (await NextAsync())
        {
            foreach (var name in pages.Current.Values.Select(blob => blob.Name))
            {
                yield return name;
            }
        }

        Task<bool> NextAsync() => StorageFault.GuardAsync(
            _container.Name,
            async () =>
            {
                try
                {
                    return await pages.MoveNextAsync();
                }
                catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
                {
                    return false;
                }
            },
            cancellation);
    }

    private async IAsyncEnumerable<StoredDeadLetter> ReadAsync(string document, bool hasReplays, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var replays = hasReplays ? await BlobReplayResults.ReadAsync(_container, document, cancellation) : BlobReplayResults.None;
        foreach (var damaged in replays.Damaged)
        {
            yield return damaged;
        }

        await using var stream = new BlobRangeStream(_container.Letters(document), version: null);
        if (!await stream.BeginAsync(cancellation))
        {
            // Deleted since it was listed.
            yield break;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var (record, letter) in DeadLetterLines.ReadAsync(stream, cancellation))
        {
            if (letter is null)
            {
                yield return DeadLetterContainer.Damaged(document + DeadLetterContainer.LettersEnding, record);
            }
            else if (seen.Add(letter.Name))
            {
                yield return new StoredDeadLetter(letter.Name, letter, null, replays.Results.GetValueOrDefault(letter.Name) ?? []);
            }
        }
    }
}
