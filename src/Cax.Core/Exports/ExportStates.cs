using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cax.Core.Documents;

namespace Cax.Core.Exports;

/// <summary>The states of all files, and the bytes that were sent.</summary>
public sealed class ExportStates(IDocumentStore store)
{
    private const string OpenFolder = "progress/open/";

    /// <summary>The state of a file, with the tag of its version; null when it is new.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    internal async ValueTask<(ExportState State, string Tag)?> FindAsync(string key, CancellationToken cancellation) =>
        await store.ReadAsync(StateOf(key), cancellation) is { } found ? (ExportState.Read(found.Content.Span, $"{store.Name}/{StateOf(key)}"), found.Tag) : null;

    /// <summary>Writes a state in the place of the version of this tag; null when somebody else was faster.</summary>
    internal async ValueTask<string?> TryWriteAsync(ExportState state, string? tag, CancellationToken cancellation)
    {
        var written = await store.TryWriteAsync(StateOf(state.Key), state.Write(), tag, cancellation);
        if (written is not null && state.Status == ExportStatus.Done)
        {
            await store.DeleteAsync(OpenFolder + state.Key, cancellation);
        }

        return written;
    }

    /// <summary>Notes that a file is about to be worked on: before its state says so, so that no unfinished file is ever overlooked.</summary>
    internal ValueTask MarkAsync(ExportState state, CancellationToken cancellation) =>
        store.WriteAsync(OpenFolder + state.Key, Encoding.UTF8.GetBytes(state.Path), cancellation);

    /// <summary>The files that are not done.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public async IAsyncEnumerable<ExportState> UnfinishedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var name in store.ListAsync(OpenFolder, cancellation))
        {
            if (await FindAsync(name[OpenFolder.Length..], cancellation) is not { } found)
            {
                continue;
            }

            if (found.State.Status == ExportStatus.Done)
            {
                // The process ended between the two writes.
                await store.DeleteAsync(name, cancellation);
            }
            else
            {
                yield return found.State;
            }
        }
    }

    /// <summary>The file that brought the same bytes to the same destination; null when there was none.</summary>
    internal async ValueTask<KnownContent?> SameAsync(string sha256, string destination, CancellationToken cancellation)
    {
        if (await store.ReadAsync(ContentOf(sha256, destination), cancellation) is not { } found)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(found.Content.Span, ExportJson.Default.KnownContent);
        }
        catch (JsonException)
        {
            // Damaged: then the bytes are not known, and are sent once more.
            return null;
        }
    }

    internal ValueTask RememberAsync(string sha256, string destination, KnownContent content, CancellationToken cancellation) =>
        store.WriteAsync(ContentOf(sha256, destination), JsonSerializer.SerializeToUtf8Bytes(content, ExportJson.Default.KnownContent), cancellation);

    private static string StateOf(string key) => $"progress/state/{key}.json";

    private static string ContentOf(string sha256, string destination) =>
        $"progress/contents/{sha256}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(destination.ToUpperInvariant())).AsSpan(0, 4))}.json";
}
