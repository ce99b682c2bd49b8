using System.Text;

namespace Cax.Core.Sources.Csv;

/// <summary>Says where a row does not decode, and what to do about it.</summary>
internal static class InvalidText
{
    /// <param name="row">A row that is not UTF-8, or was made so of bytes that did not decode.</param>
    public static string Detail(ReadOnlySpan<byte> row)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(row[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        var looksSingle = row[at] is not 0xFF && (at + 1 == row.Length || row[at + 1] < 0x80);
        var hint = looksSingle
            ? "the file looks like windows-1252: if it is, let its profile say so in input.csv.encoding, or write the file as UTF-8"
            : "input.csv.encoding of its profile names the encoding of the file; or write the file as UTF-8";
        return FormattableString.Invariant($"byte {at} of the row is no text in the encoding that the file is read in; {hint}");
    }
}
