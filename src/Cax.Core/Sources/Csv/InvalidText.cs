using System.Buffers;
using System.Text;

namespace Cax.Core.Sources.Csv;

/// <summary>Says where a row does not decode, and what to do about it.</summary>
internal static class InvalidText
{
    /// <param name="row">A row that is not UTF-8, or was made so of bytes that did not decode.</param>
    public static string Detail(ReadOnlySpan<byte> row)
    {
        var hint = LooksSingle(row, out var first)
            ? "the file looks like windows-1252: if it is, let its profile say so in input.csv.encoding, or write the file as UTF-8"
            : "input.csv.encoding of its profile names the encoding of the file; or write the file as UTF-8";
        return FormattableString.Invariant($"byte {first} of the row is no text in the encoding that the file is read in; {hint}");
    }

    /// <summary>Whether no letter beyond ASCII is UTF-8: then each may be one byte.</summary>
    private static bool LooksSingle(ReadOnlySpan<byte> row, out int first)
    {
        first = -1;
        var looksSingle = true;
        for (var at = 0; at < row.Length;)
        {
            var isText = Rune.DecodeFromUtf8(row[at..], out var letter, out var length) == OperationStatus.Done;
            looksSingle &= isText ? letter.IsAscii : row[at..] is not ([0xFF, ..] or [0xED, >= 0xA0, ..]);
            first = isText || first >= 0 ? first : at;
            at += length;
        }

        return looksSingle;
    }
}
