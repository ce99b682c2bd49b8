using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Cax.Core.DeadLetters;
using Cax.Core.Exports;
using Cax.Core.Sources;

namespace Cax.Storage;

/// <summary>What stands where in the container of dead letters.</summary>
internal sealed class DeadLetterContainer(BlobContainerClient client)
{
    public const string LettersEnding = ".ndjson";
    public const string ReplaysEnding = ".replays";

    /// <summary>Documents that were replayed rest under this; they are no dead letters any more.</summary>
    public const string Replayed = "replayed/";

    /// <summary>Whether a name is of something that rests beside the dead letters, and is none.</summary>
    public static bool IsOther(string name) =>
        name.StartsWith(Replayed, StringComparison.Ordinal) || name.StartsWith(ExportRepairs.Folder, StringComparison.Ordinal);

    public BlobContainerClient Client => client;

    /// <summary>As messages name it.</summary>
    public string Name => client.Describe();

    public BlockBlobClient Letters(string document) => client.GetBlockBlobClient(Checked(document) + LettersEnding);

    public AppendBlobClient Replays(string document) => client.GetAppendBlobClient(Checked(document) + ReplaysEnding);

    /// <summary>People name the documents that they copy: the part of a name that is no folder becomes one.</summary>
    public BlockBlobClient Archive(string name) =>
        client.GetBlockBlobClient(Replayed + string.Join('/', name.Split('/', '\\').Select(part => part is "" or "." or ".." ? "_" : part)));

    /// <summary>A line that is not what it should be, under a name that tells the blob and the line.</summary>
    public static StoredDeadLetter Damaged(string blob, Record line) => new(
        FormattableString.Invariant($"{blob}, line {line.Position.Line}"), null, line.Fault?.Located ?? "the line is none of this program, or damaged", []);

    /// <summary>Names come out of documents, and documents may be forged: none leads out of the container or among the archived.</summary>
    private static string Checked(string name) =>
        name.StartsWith(Replayed, StringComparison.Ordinal) || name.Split('/', '\\').Any(part => part is "" or "." or "..")
            ? throw new IOException("The name of a dead letter leads out of its container.")
            : name;
}
