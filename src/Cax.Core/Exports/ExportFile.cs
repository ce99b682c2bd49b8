using System.Security.Cryptography;
using System.Text;
using Cax.Core.Sources;

namespace Cax.Core.Exports;

/// <summary>One version of an export file, and what is to be done with it.</summary>
/// <param name="Source">The file. Its identity changes with its content: a file that is written anew is another one.</param>
/// <param name="Path">Where it is found again by a later run: a path, the name of a blob. Its report is named after it.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Destination">The name of the destination of its events.</param>
public sealed record ExportFile(StreamSource Source, string Path, long Length, string Destination)
{
    /// <summary>What is known about how its records are to be mapped.</summary>
    public MappingHints Hints { get; init; } = MappingHints.None;

    /// <summary>Whether this version of the file is still there. An <see cref="IOException"/> says that nobody knows.</summary>
    public Func<CancellationToken, ValueTask<bool>> IsUnchanged { get; init; } = static _ => new(true);

    /// <summary>Sent even if it, or another file with the same bytes, was sent before.</summary>
    public bool IsForced { get; init; }

    /// <summary>What names this version of the file on its way to this destination in states, reports and repairs: sixteen hexadecimal digits.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Source.Identity}\u001F{Destination.ToUpperInvariant()}")).AsSpan(0, 8));

    /// <summary>A file of this machine.</summary>
    /// <exception cref="IOException">It cannot be looked at.</exception>
    public static ExportFile OfFile(string path, string destination)
    {
        var version = FileVersion.Of(path);
        var source = StreamSource.OfFile(path);
        return new ExportFile(
            source with
            {
                Identity = FormattableString.Invariant($"{source.Identity} {version.Length} {version.WrittenAt.Ticks}"),
                Open = async cancellation => new UnchangingStream(await source.Open(cancellation), path, version),
            },
            System.IO.Path.GetFileName(path),
            version.Length,
            destination)
        {
            IsUnchanged = _ => new(FileVersion.Of(path) == version),
        };
    }
}
