namespace Cax.Core.Reports.Health;

/// <summary>
/// Where the instances of the app leave what they sent, and where the health check leaves what it saw at CAX. Every store passes the same contract tests.
/// </summary>
/// <remarks>Failures of the storage are <see cref="IOException"/>.</remarks>
public interface ISentCountsStore
{
    /// <summary>Writes the counts of one process and quarter hour, in place of what it wrote before.</summary>
    ValueTask WriteAsync(SentQuarter counts, CancellationToken cancellation);

    /// <summary>What all processes sent in the quarter hour that begins then.</summary>
    ValueTask<SentOfAll> ReadAsync(DateTimeOffset quarter, CancellationToken cancellation);

    /// <summary>The last look at the source of a destination; null when there is none that can be read.</summary>
    ValueTask<SourceLook?> ReadLookAsync(string destination, CancellationToken cancellation);

    /// <summary>Writes a look in place of the last one.</summary>
    ValueTask WriteLookAsync(SourceLook look, CancellationToken cancellation);
}

/// <summary>What all processes sent in a quarter hour.</summary>
/// <param name="Processes">In the order of their names.</param>
/// <param name="Unreadable">The names of documents that are none; what they counted is missing.</param>
public sealed record SentOfAll(IReadOnlyList<SentQuarter> Processes, IReadOnlyList<string> Unreadable);
