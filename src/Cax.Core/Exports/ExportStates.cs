using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cax.Core.Documents;

namespace Cax.Core.Exports;

/// <summary>The states of all files, and the bytes that were sent.</summary>
internal sealed class ExportStates(IDocumentStore store)
{
    private const string OpenFolder = "progress/open/";

    /// <summary>The state of a file, with the tag of its version; null when it is new.</summary>
    /// <exception cref="IOException">The store cannot be read, or the state is damaged.</exception>
    public async ValueTask<(ExportState State, string Tag)?> FindAsync(string key, CancellationToken cancellation) =>
        await store.ReadAsync(StateOf(key), cancellation) is { } found ? (ExportState.Read(found.Content.Span, $"{store.Name}/{StateOf(key)}"), found.Tag) : null;

    /// <summary>Writes a state in the place of the version of this tag; null when somebody else was faster.</summary>
    public async ValueTask<string?> TryWriteAsync(ExportState state, string? tag, CancellationToken cancellation)
    {
        var content = state.Write();
        if (await store.TryWriteAsync(StateOf(state.Key), content, tag, cancellation) is { } written)
        {
            return written;
        }

        // When the answer to a success was lost, the version that is there is our own.
        return await store.ReadAsync(StateOf(state.Key), cancellation) is { } now && now.Content.Span.SequenceEqual(content) ? now.Tag : null;
    }

    /// <summary>Notes that a file is about to be worked on: before its state says so, so that no unfinished file is ever overlooked.</summary>
    public ValueTask MarkAsync(ExportState state, CancellationToken cancellation) =>
        store.WriteAsync(OpenFolder + state.Key, Encoding.UTF8.GetBytes(state.LeaseUntil.ToString("O", CultureInfo.InvariantCulture)), cancellation);

    /// <summary>Notes that nothing is left to do about a file.</summary>
    /// <exception cref="IOException">The store cannot be reached; the note is still there.</exception>
    public async ValueTask CloseAsync(string key, CancellationToken cancellation)
    {
        await store.DeleteAsync(OpenFolder + key, cancellation);
        if (await FindAsync(key, cancellation) is { State: { Status: not ExportStatus.Done } begun })
        {
            // Somebody has just begun it again, and the mark was theirs.
            await MarkAsync(begun, cancellation);
        }
    }

    /// <summary>The files about which something is left to do. A state that cannot be read is told of after all the others.</summary>
    /// <exception cref="IOException">The store cannot be read, or a state is damaged.</exception>
    public async IAsyncEnumerable<ExportState> OpenAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellation)
    {
        DamagedStateException? damaged = null;
        await foreach (var name in store.ListAsync(OpenFolder, cancellation))
        {
            ExportState? state = null;
            try
            {
                state = await FindAsync(name[OpenFolder.Length..], cancellation) is { } found ? found.State : null;
            }
            catch (DamagedStateException e)
            {
                damaged = e;
                continue;
            }

            if (state is not null)
            {
                yield return state;
            }
            else if (await store.ReadAsync(name, cancellation) is { } mark && IsOver(mark, now))
            {
                // Its process ended before it began, or a person deleted the state: there is nothing to go on with.
                await CloseAsync(name[OpenFolder.Length..], cancellation);
            }
        }

        if (damaged is not null)
        {
            throw damaged;
        }
    }

    /// <summary>The file that brought the same bytes to the same destination; null when there was none.</summary>
    public async ValueTask<KnownContent?> SameAsync(string sha256, string destination, CancellationToken cancellation)
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

    public ValueTask RememberAsync(string sha256, string destination, KnownContent content, CancellationToken cancellation) =>
        store.WriteAsync(ContentOf(sha256, destination), JsonSerializer.SerializeToUtf8Bytes(content, ExportJson.Default.KnownContent), cancellation);

    private static bool IsOver(StoredDocument mark, DateTimeOffset now) =>
        !DateTimeOffset.TryParse(Encoding.UTF8.GetString(mark.Content.Span), CultureInfo.InvariantCulture, out var until) || until <= now;

    private static string StateOf(string key) => $"progress/state/{key}.json";

    private static string ContentOf(string sha256, string destination) =>
        $"progress/contents/{sha256}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(destination.ToUpperInvariant())).AsSpan(0, 4))}.json";
}

/// <summary>A state that is none of ours, or damaged.</summary>
internal sealed class DamagedStateException(string message, Exception inner) : IOException(message, inner);
