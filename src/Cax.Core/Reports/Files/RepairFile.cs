using System.Buffers;
using Cax.Core.Sources.Files;

namespace Cax.Core.Reports.Files;

/// <summary>
/// The repair of a file: its rejected records and nothing else, in their original columns, encoding and bytes, with one column added that says why.
/// </summary>
/// <remarks>
/// In a CSV file the added column is the last one, named <c>cax_repair</c> and the key of the file. The rows of a file without a header come as they
/// are, without that column. JSON records come one a line, with <c>cax_repair</c> as their first member.
/// </remarks>
internal static class RepairFile
{
    /// <summary><c>repair.csv</c> or <c>repair.ndjson</c>.</summary>
    public static string NameOf(FileLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.Format == FileFormat.Csv ? "repair.csv" : "repair.ndjson";
    }

    /// <summary>What stands before the first piece, in the encoding of the file: byte order mark, notes, header.</summary>
    /// <param name="layout">Of the file.</param>
    /// <param name="key">Of the file: the reader knows a repair by it.</param>
    public static byte[] Begin(FileLayout layout, string key)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var text = new ArrayBufferWriter<byte>();
        if (layout.HasByteOrderMark)
        {
            text.Write("\uFEFF"u8);
        }

        if (layout.Format == FileFormat.Csv)
        {
            new RepairRow(layout).WriteHead(key, text);
        }

        var head = new ArrayBufferWriter<byte>();
        layout.Encode(text.WrittenSpan, head);
        return head.WrittenSpan.ToArray();
    }
}
