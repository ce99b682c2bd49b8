using Cax.Core.Sources.Csv;

namespace Cax.Core.Sources.Files;

/// <summary>Tells rows from JSON by how a file begins, and by its name where that leaves a doubt.</summary>
internal static class FormatRecogniser
{
    private const string Packed = ".gz";

    private static readonly string[] OfJson = [".json", ".ndjson", ".jsonl"];
    private static readonly string[] OfRows = [".csv", ".tsv", ".txt", ".tab"];

    /// <summary>How a ZIP archive begins, which a workbook is too.</summary>
    public static ReadOnlySpan<byte> ZipArchive => "PK\u0003\u0004"u8;

    /// <summary>The format.</summary>
    /// <param name="text">The beginning of a file as UTF-8, without byte order mark.</param>
    /// <param name="isEnd">Whether nothing comes after it.</param>
    /// <param name="name">The name of the file.</param>
    /// <returns>Null when more text is needed.</returns>
    public static FileFormat? Of(ReadOnlyMemory<byte> text, bool isEnd, string name)
    {
        var rest = text.Span.TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty)
        {
            return isEnd ? FileFormat.Json : null;
        }

        if (rest.StartsWith(ZipArchive))
        {
            return FileFormat.Csv;
        }

        var isBracket = rest[0] is (byte)'{' or (byte)'[';
        if (isBracket && BeginsAsJson(rest, isEnd) is not false and var begins)
        {
            return begins is true ? FileFormat.Json : null;
        }

        var path = name.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? name[..^Packed.Length] : name;
        if (Ends(path, OfRows))
        {
            return FileFormat.Csv;
        }

        if (Ends(path, OfJson) && isBracket)
        {
            return FileFormat.Json;
        }

        // A second row tells a file of rows from a lone text or number that has a comma in it.
        return FieldsOfRows(text, isEnd, rows: Ends(path, OfJson) ? 2 : 1) switch
        {
            null => null,
            >= 2 => FileFormat.Csv,
            _ => FileFormat.Json,
        };
    }

    private static bool Ends(string name, string[] endings) => Array.Exists(endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether what follows a bracket may follow it in JSON; null when that is not to be seen yet.</summary>
    private static bool? BeginsAsJson(ReadOnlySpan<byte> text, bool isEnd)
    {
        var isObject = text[0] == '{';
        var rest = text[1..].TrimStart(" \t\r\n"u8);
        if (rest.IsEmpty)
        {
            return isEnd ? true : null;
        }

        return rest[0] switch
        {
            (byte)'"' => true,
            (byte)'}' => isObject,
            _ when isObject => false,
            (byte)'{' or (byte)'[' or (byte)']' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') => true,
            (byte)'t' => IsWord(rest, "true"u8, isEnd),
            (byte)'f' => IsWord(rest, "false"u8, isEnd),
            (byte)'n' => IsWord(rest, "null"u8, isEnd),
            _ => false,
        };
    }

    private static bool? IsWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, bool isEnd) =>
        text.StartsWith(word) ? true
        : !isEnd && word.StartsWith(text) ? null
        : false;

    /// <summary>How many fields each of the first rows has; 0 when they do not agree, or there are not so many. Null when more text is needed.</summary>
    private static int? FieldsOfRows(ReadOnlyMemory<byte> text, bool isEnd, int rows)
    {
        var blank = text.Length - text.Span.TrimStart("\r\n"u8).Length;
        text = text[blank..];
        if (!LineBreaks.TryFind(text.Span, isEnd, out var length, out _))
        {
            if (!isEnd)
            {
                return null;
            }

            length = text.Length;
        }

        using var window = TextWindow.On(text.Span, isEnd);
        using var cutter = new RowCutter(window, CsvDialect.Of(text[..length], '"'));
        var fields = 0;
        for (var i = 0; i < rows; i++)
        {
            var step = cutter.Next();
            if (step != RowStep.Row)
            {
                return step == RowStep.NeedMore ? null : 0;
            }

            if (i > 0 && cutter.FieldCount != fields)
            {
                return 0;
            }

            fields = cutter.FieldCount;
        }

        return fields;
    }
}
