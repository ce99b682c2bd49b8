using System.Buffers;
using System.Text;
using Cax.Core.Sources.Files;

namespace Cax.Core.Reports.Files;

/// <summary>Adds the column of a repair to the rows of a file, and takes it from the rows of a file that is a repair itself.</summary>
/// <remarks>Everything in UTF-8. The other fields stay as they are, byte for byte.</remarks>
internal sealed class RepairRow
{
    private readonly byte _separator;
    private readonly byte _quote;
    private readonly byte[] _break;
    private readonly bool _isOfRepair;

    public RepairRow(FileLayout layout)
    {
        _separator = (byte)layout.Separator;
        _quote = (byte)layout.Quote;
        _break = Encoding.ASCII.GetBytes(layout.LineBreak);
        Notes = layout.Head[..layout.HeaderStart];
        Header = layout.Head[layout.HeaderStart..];
        var (header, _) = Split(Header.Span);
        _isOfRepair = Unquoted(header[LastField(header)..]).StartsWith("cax_repair "u8);
    }

    /// <summary>What stands above the header.</summary>
    public ReadOnlyMemory<byte> Notes { get; }

    /// <summary>The header with its line break. A file without one gets no column: its rows would not be read any more.</summary>
    public ReadOnlyMemory<byte> Header { get; }

    public bool HasHeader => !Header.Span.Trim("\r\n"u8).IsEmpty;

    /// <summary>Writes the header with the column that names the file that is repaired.</summary>
    public void WriteHeader(string key, IBufferWriter<byte> output)
    {
        var (header, end) = Split(Header.Span);
        output.Write(_isOfRepair ? header[..BeforeLastField(header)] : header);
        output.Write([_separator]);
        output.Write(Encoding.ASCII.GetBytes("cax_repair " + key));
        output.Write(end.IsEmpty ? _break : end);
    }

    /// <summary>Writes a row with the reason.</summary>
    /// <param name="row">With its line break, if it has one.</param>
    /// <param name="isBroken">Whether something is wrong with this very row, so that its fields cannot be counted.</param>
    /// <param name="why">In plain text.</param>
    /// <param name="output">Where it goes.</param>
    public void Write(ReadOnlySpan<byte> row, bool isBroken, string why, IBufferWriter<byte> output)
    {
        var (fields, end) = Split(row);
        if (_isOfRepair)
        {
            fields = WithoutReason(fields, isBroken);
        }

        output.Write(fields);
        if (HasHeader)
        {
            // It is quoted even where that is not needed: a quote that is open before it then is a mistake of this line, and swallows none after it.
            output.Write([_separator, _quote]);
            output.Write(Encoding.UTF8.GetBytes(why.Replace((char)_quote, _quote == '\'' ? '"' : '\'')));
            output.Write([_quote]);
        }

        output.Write(end.IsEmpty ? _break : end);
    }

    private ReadOnlySpan<byte> WithoutReason(ReadOnlySpan<byte> fields, bool isBroken)
    {
        if (!isBroken)
        {
            return fields[..BeforeLastField(fields)];
        }

        // The fields of a broken row cannot be counted, so only what is certainly ours is taken away.
        foreach (var beginning in (string[])["[", "belongs to line "])
        {
            var at = fields.LastIndexOf([_separator, _quote, .. Encoding.ASCII.GetBytes(beginning)]);
            if (at >= 0 && fields[(at + 2)..].IndexOf(_quote) == fields.Length - at - 3)
            {
                return fields[..at];
            }
        }

        return fields;
    }

    private int BeforeLastField(ReadOnlySpan<byte> fields) => Math.Max(0, LastField(fields) - 1);

    /// <summary>Where the last field begins.</summary>
    private int LastField(ReadOnlySpan<byte> fields)
    {
        var start = 0;
        var isQuoted = false;
        for (var at = 0; at < fields.Length; at++)
        {
            if (fields[at] == _quote && (isQuoted || at == start))
            {
                isQuoted = !isQuoted || (at + 1 < fields.Length && fields[at + 1] == _quote && ++at > 0);
            }
            else if (fields[at] == _separator && !isQuoted)
            {
                start = at + 1;
            }
        }

        return start;
    }

    private ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> field) => field.Trim(_quote);

    private static Parts Split(ReadOnlySpan<byte> row)
    {
        var end = row.EndsWith("\r\n"u8) ? 2 : row.EndsWith("\n"u8) || row.EndsWith("\r"u8) ? 1 : 0;
        return new Parts(row[..^end], row[^end..]);
    }

    private readonly ref struct Parts(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> end)
    {
        private readonly ReadOnlySpan<byte> _fields = fields;
        private readonly ReadOnlySpan<byte> _end = end;

        public void Deconstruct(out ReadOnlySpan<byte> fields, out ReadOnlySpan<byte> end)
        {
            fields = _fields;
            end = _end;
        }
    }
}
