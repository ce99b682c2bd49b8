using System.Globalization;
using System.Text.RegularExpressions;

namespace Cax.Core.Sources.Csv;

/// <summary>The rows that a record was made of, as they stand in the file.</summary>
/// <param name="Text">
/// Their characters as UTF-8, each row with the line break that ends it (the last row of a file may have none). Encoded in the file's own encoding they
/// are the bytes of the file.
/// </param>
/// <param name="Rows">The rows, in the order of the file.</param>
public sealed partial record SourceRows(ReadOnlyMemory<byte> Text, IReadOnlyList<SourceRow> Rows)
{
    /// <summary>The line of the row that a path into the record leads to, such as <c>$.rows[1].price</c>; null for a path that leads to none.</summary>
    public long? LineOf(string path) =>
        Row().Match(path) is { Success: true } row && int.TryParse(row.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < Rows.Count
            ? Rows[index].Line
            : null;

    [GeneratedRegex(@"^\$\.rows\[([0-9]+)\]")]
    private static partial Regex Row();
}

/// <summary>One row of a file.</summary>
/// <param name="Line">The line where it begins, from 1; line breaks inside of quotes count.</param>
/// <param name="Start">Where it begins in <see cref="SourceRows.Text"/>. In bytes, from 0.</param>
/// <param name="Length">With its line break. In bytes.</param>
/// <param name="Problem">What is wrong with this very row; null when nothing is.</param>
public readonly record struct SourceRow(long Line, int Start, int Length, string? Problem);
