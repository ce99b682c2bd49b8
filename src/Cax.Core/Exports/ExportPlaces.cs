using System.Globalization;

namespace Cax.Core.Exports;

/// <summary>The names of all documents about a file.</summary>
internal static class ExportPlaces
{
    private const int LongestPart = 100;

    /// <summary>The name of a blob has at most 1,024 characters, and a name of ours holds more than the path.</summary>
    private const int LongestPath = 600;

    /// <summary>The folder of a report: one for each time that a file is sent.</summary>
    public static string Report(ExportFile file, DateTimeOffset startedAt) =>
        string.Create(CultureInfo.InvariantCulture, $"files/{Safe(file.Path)}/{startedAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{file.Key[..8]}");

    public static string Json(string report) => report + "/report.json";

    public static string Page(string report) => report + "/report.html";

    public static string Parts(string key) => $"progress/parts/{key}/";

    public static string Part(string key, int block) => string.Create(CultureInfo.InvariantCulture, $"{Parts(key)}{block:D7}.json");

    public static string Pieces(ExportState state) => $"{ExportRepairs.Folder}{state.Report}/pieces/";

    public static string Piece(ExportState state, int block) => string.Create(CultureInfo.InvariantCulture, $"{Pieces(state)}{block:D7}");

    public static string Repair(ExportState state, string name) => $"{ExportRepairs.Folder}{state.Report}/{name}";

    /// <summary>A file that is sent for days has its receipts in one place.</summary>
    public static DateOnly ReceiptDay(ExportState state) => DateOnly.FromDateTime(state.StartedAt.UtcDateTime);

    public static string ReceiptsOf(string key) => key + "-";

    public static string Receipts(string key, int block) => string.Create(CultureInfo.InvariantCulture, $"{ReceiptsOf(key)}{block:D7}");

    /// <summary>The block of the receipts or the piece of this name.</summary>
    public static int BlockOf(string name) =>
        int.TryParse(name.AsSpan(name.LastIndexOfAny(['-', '/']) + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var block) ? block : 0;

    /// <summary>A path that leads nowhere else, whatever the name of the file is.</summary>
    private static string Safe(string path)
    {
        var parts = path.Split('/', '\\').Select(part =>
        {
            var name = string.Concat(part.Select(c => char.IsControl(c) || c is ':' or '*' or '?' or '"' or '<' or '>' or '|' or '#' or '%' ? '_' : c));
            name = name.Length > LongestPart ? name[..LongestPart] : name;
            return name.Trim('.', ' ').Length == 0 ? "_" : name.TrimEnd('.', ' ');
        }).ToList();

        // The last part is the name of the file; what tells two files apart comes after all of it.
        while (parts.Count > 1 && parts.Sum(part => part.Length + 1) > LongestPath)
        {
            parts.RemoveAt(0);
        }

        return string.Join('/', parts);
    }
}
