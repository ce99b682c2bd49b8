namespace Cax.Core.Documents;

/// <summary>
/// Small named documents that outlive a process: states, parts of reports, receipts, reports. A directory and a blob container are such stores; both
/// pass the same contract tests.
/// </summary>
/// <remarks>A name is a path with <c>/</c> between its folders. A name that would lead out of the store is an <see cref="IOException"/>.</remarks>
public interface IDocumentStore
{
    /// <summary>As messages name the store.</summary>
    string Name { get; }

    /// <summary>A whole document; null when there is none of this name.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    ValueTask<StoredDocument?> ReadAsync(string name, CancellationToken cancellation);

    /// <summary>A document as a stream that can be read once, from its beginning to its end; null when there is none of this name.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellation);

    /// <summary>Writes a document whole, in the place of an earlier one. A reader sees the old or the new one, never a half.</summary>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    ValueTask WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>As the other, for a document of any size. It is there once <paramref name="write"/> has returned, and not at all when that throws.</summary>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    ValueTask WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation);

    /// <summary>Writes a document only if nobody else wrote it meanwhile: two who try at once do not both succeed, in whatever process they are.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">What it is to hold.</param>
    /// <param name="tag">The tag of the version that it replaces; null when there must be none yet.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <returns>The tag of the new version; null when another version is there than the one that was meant.</returns>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    ValueTask<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellation);

    /// <summary>The names of all documents that begin so, in ordinal order.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellation);

    /// <summary>Deletes a document; one that is not there is deleted already.</summary>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    ValueTask DeleteAsync(string name, CancellationToken cancellation);
}

/// <summary>A document and what tells this version of it from others.</summary>
public sealed record StoredDocument(ReadOnlyMemory<byte> Content, string Tag);
