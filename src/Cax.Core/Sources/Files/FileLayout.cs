using System.Buffers;
using System.Text;
using Cax.Core.Mapping;

namespace Cax.Core.Sources.Files;

/// <summary>What was recognised about a file before its first record was read.</summary>
public sealed record FileLayout
{
    public required FileFormat Format { get; init; }

    /// <summary>Whether the file is packed with gzip.</summary>
    public bool IsGzip { get; init; }

    /// <summary>The encoding of its characters; of JSON always UTF-8 unless a byte order mark says otherwise.</summary>
    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Whether it begins with a byte order mark.</summary>
    public bool HasByteOrderMark { get; init; }

    /// <summary>What stands between the fields of a row.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>What a field is quoted with.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>Everything before the first row of data, as UTF-8 and with line breaks: notes and the header. Empty for JSON and for a file without header.</summary>
    public ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>Where the header begins in <see cref="Head"/>, after the notes above it.</summary>
    public int HeaderStart { get; init; }

    /// <summary>The line break of the header line, that of most files throughout.</summary>
    public string LineBreak { get; init; } = "\n";

    /// <summary>The names of the columns: repeated and blank ones made usable. Empty for JSON.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The profile that was asked for, or that knows the header; null for JSON whose records are recognised one by one.</summary>
    public ProfileChoice? Profile { get; init; }

    /// <summary>The key of the file of which this one is the repair; null for any other file.</summary>
    public string? RepairOf { get; init; }

    /// <summary>
    /// Makes bytes of the file of text as its records have it, also of text that did not decode. No byte order mark is added. A character that the
    /// encoding lacks, which text from elsewhere may have, becomes <c>?</c>.
    /// </summary>
    /// <param name="text">As UTF-8.</param>
    /// <param name="output">Where the bytes go.</param>
    public void Encode(ReadOnlySpan<byte> text, IBufferWriter<byte> output) => FileEncoding.Of(Encoding).Encode(text, output);
}

/// <summary>How the records of a file are written.</summary>
public enum FileFormat
{
    /// <summary>A sequence of JSON values, an array, or one value.</summary>
    Json,

    /// <summary>Rows of fields.</summary>
    Csv,
}
