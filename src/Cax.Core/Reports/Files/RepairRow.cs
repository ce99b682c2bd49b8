using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Cax.Core.Sources.Csv;
using Cax.Core.Sources.Files;

namespace Cax.Core.Reports.Files;

/// <summary>Adds the column of a repair to the rows of a file. The fields of the row stay as they are, byte for byte.</summary>
/// <remarks>Everything in UTF-8. A file without a header gets no column: its rows would not be read any more.</remarks>
internal sealed partial class RepairRow(FileLayout layout)
{
    private readonly byte _separator = (byte)layout.Separator;
    private readonly byte _quote = (byte)layout.Quote;
    private readonly byte[] _break = Encoding.ASCII.GetBytes(layout.LineBreak);
    private readonly bool _hasHeader = !layout.Head.Span[layout.HeaderStart..].Trim("\r\n"u8).IsEmpty;

    /// <summary>Writes what stands above the rows: the notes, and the header with the column that names the file that is repaired.</summary>
    public void WriteHead(string key, IBufferWriter<byte> output)
    {
        var head = layout.Head.Span;
        if (!_hasHeader)
        {
            output.Write(head);
            return;
        }

        var breakLength = BreakLength(head);
        output.Write(head[..^breakLength]);
        output.Write([_separator]);
        output.Write(Encoding.ASCII.GetBytes(ColumnNames.RepairColumn(key)));
        output.Write(breakLength == 0 ? _break : head[^breakLength..]);
    }

    /// <summary>Writes a row with the reason.</summary>
    /// <param name="row">With its line break, if it has one.</param>
    /// <param name="isBroken">Whether something is wrong with this very row, so that nobody could tell its fields apart.</param>
    /// <param name="why">In plain text.</param>
    /// <param name="output">Where it goes.</param>
    public void Write(ReadOnlySpan<byte> row, bool isBroken, string why, IBufferWriter<byte> output)
    {
        var breakLength = BreakLength(row);
        var fields = row[..^breakLength];
        output.Write(isBroken && layout.RepairOf is not null ? WithoutReason(fields) : fields);
        if (_hasHeader)
        {
            // It is quoted even where that is not needed: a quote that is open before it then is a mistake of this line, and swallows none after it.
            output.Write([_separator, _quote]);
            output.Write(Encoding.UTF8.GetBytes(why.Replace((char)_quote, _quote == '\'' ? '"' : '\'')));
            output.Write([_quote]);
        }

        output.Write(breakLength == 0 ? _break : row[^breakLength..]);
    }

    /// <summary>A broken row of a file that is a repair itself may end with what we wrote there; it is not kept beside the new reason.</summary>
    private ReadOnlySpan<byte> WithoutReason(ReadOnlySpan<byte> fields)
    {
        for (var at = fields.LastIndexOf([_separator, _quote]); at >= 0; at = fields[..at].LastIndexOf([_separator, _quote]))
        {
            var last = fields[(at + 2)..];
            if (last.IndexOf(_quote) == last.Length - 1)
            {
                return Ours().IsMatch(Encoding.UTF8.GetString(last)) ? fields[..at] : fields;
            }
        }

        return fields;
    }

    private static int BreakLength(ReadOnlySpan<byte> row) => row.EndsWith("\r\n"u8) ? 2 : row.EndsWith("\n"u8) || row.EndsWith("\r"u8) ? 1 : 0;

    [GeneratedRegex(@"^(\[[a-z_0-9]+\] line|belongs to line) [0-9]+")]
    private static partial Regex Ours();
}
