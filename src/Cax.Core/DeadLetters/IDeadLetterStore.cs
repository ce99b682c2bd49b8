namespace Cax.Core.DeadLetters;

/// <summary>Where dead letters rest. Every store passes the same contract tests.</summary>
public interface IDeadLetterStore
{
    /// <summary>Begins the letters of a run. What an earlier run left under the same names is replaced by what this one writes.</summary>
    IDeadLetterWriter Begin();

    /// <summary>Deletes the letters of the later blocks of a file, with the results of their replays.</summary>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    ValueTask ForgetAsync(BlockLetters letters, CancellationToken cancellation);

    /// <summary>
    /// All dead letters, each with the results of its replays: in the order of their names, or, where letters share a document, in the order of the
    /// names of the documents.
    /// </summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    IAsyncEnumerable<StoredDeadLetter> ReadAsync(CancellationToken cancellation);

    /// <summary>The results of the replays of all letters of a document, by the name of the letter, oldest first.</summary>
    /// <param name="document">As <see cref="DeadLetter.Document"/> has it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="IOException">The results cannot be read.</exception>
    ValueTask<IReadOnlyDictionary<string, IReadOnlyList<ReplayResult>>> ReadResultsAsync(string document, CancellationToken cancellation);

    /// <summary>Writes the result of a replay beside the document, never over it or over an earlier result.</summary>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    ValueTask WriteResultAsync(string name, ReplayResult result, CancellationToken cancellation);

    /// <summary>Writes the results of several replays; a store may do so in one go.</summary>
    /// <exception cref="IOException">The store cannot be written to. Some of the results may have been written.</exception>
    async ValueTask WriteResultsAsync(IReadOnlyCollection<NamedReplayResult> results, CancellationToken cancellation)
    {
        foreach (var (name, result) in results)
        {
            await WriteResultAsync(name, result, cancellation);
        }
    }
}
