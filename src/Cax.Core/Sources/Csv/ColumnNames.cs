using System.Globalization;
using System.Text.RegularExpressions;

namespace Cax.Core.Sources.Csv;

/// <summary>The columns of a header, each with a name of its own.</summary>
/// <param name="Names">Trimmed; one that comes again is <c>Name (2)</c>, a blank one in the third place <c>Column 3</c>.</param>
/// <param name="RepairOf">The key in the name of the last column that has one, which is then none of <paramref name="Names"/>; null in any other file.</param>
internal sealed partial record ColumnNames(IReadOnlyList<string> Names, string? RepairOf)
{
    /// <summary>The most columns that are read.</summary>
    public const int Most = 16_384;

    /// <summary>Makes names of the fields of a header.</summary>
    public static ColumnNames Of(IReadOnlyList<string> header)
    {
        // A spreadsheet adds blank columns where a row has more fields than the header.
        var last = header.Count - 1;
        while (last > 0 && string.IsNullOrWhiteSpace(header[last]))
        {
            last--;
        }

        var repair = last > 0 ? Repair().Match(header[last]) : Match.Empty;
        var columns = (repair.Success ? header.Take(last) : header).Select(name => name.Trim()).ToArray();

        // What stands in the header keeps its name, also where a second one would have to be called like it.
        var taken = new HashSet<string>(columns, StringComparer.Ordinal);
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Length == 0)
            {
                columns[i] = Free(string.Create(CultureInfo.InvariantCulture, $"Column {i + 1}"), taken);
            }
            else if (!given.Add(columns[i]))
            {
                columns[i] = Second(columns[i], taken);
            }
        }

        return new ColumnNames(columns, repair.Success ? repair.Groups[1].Value : null);
    }

    /// <summary>The name that the added column of a repair has.</summary>
    public static string RepairColumn(string key) => $"cax_repair {key}";

    private static string Free(string name, HashSet<string> taken) => taken.Add(name) ? name : Second(name, taken);

    private static string Second(string name, HashSet<string> taken)
    {
        for (var i = 2; ; i++)
        {
            var numbered = string.Create(CultureInfo.InvariantCulture, $"{name} ({i})");
            if (taken.Add(numbered))
            {
                return numbered;
            }
        }
    }

    [GeneratedRegex(@"^\s*cax_repair ([0-9a-f]{16})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Repair();
}
