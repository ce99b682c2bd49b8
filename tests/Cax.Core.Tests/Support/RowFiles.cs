using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;
using Record = Cax.Core.Sources.Record;

namespace Cax.Core.Tests.Support;

/// <summary>Reads files of rows as the connector does, by a profile made for the purpose.</summary>
internal static class RowFiles
{
    /// <summary>A profile of rows; without a condition it has to be asked for.</summary>
    public static ProfileDocument Document(string csv = "{}", string? recognise = null, string name = "rows") => new($"{name}.profile.json", Encoding.UTF8.GetBytes(
        $$"""
        {
          "profile": "{{name}}", "version": 1, "title": "Rows", "input": { "format": "csv", "csv": {{csv}} },{{(recognise is null ? "" : $"\"recognise\": {recognise},")}}
          "events": [{ "event": "row_seen", "time": { "received": true }, "key": { "constant": "k" }, "set": { "user.id": { "constant": "C-1" } } }]
        }
        """));

    public static ProfileCatalog Catalog(params ProfileDocument[] documents)
    {
        var catalog = ProfileCatalog.Of(documents);
        Assert.Empty(catalog.Problems);
        return catalog;
    }

    /// <summary>Reads by a profile that is asked for, with these options of its input.</summary>
    public static Task<ReadFile> ReadAsync(string text, string csv = "{}", int piece = int.MaxValue, int maxRecordBytes = SourceOptions.DefaultMaxRecordBytes) =>
        ReadAsync(Encoding.UTF8.GetBytes(text), csv, piece, maxRecordBytes);

    public static Task<ReadFile> ReadAsync(byte[] bytes, string csv = "{}", int piece = int.MaxValue, int maxRecordBytes = SourceOptions.DefaultMaxRecordBytes) =>
        ReadAsync(bytes, "export.csv", Catalog(Document(csv)), "rows", piece, maxRecordBytes);

    /// <summary>Reads by whatever profile knows it.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">Its name.</param>
    /// <param name="profiles">The profiles.</param>
    /// <param name="asked">The profile that is asked for; null for none.</param>
    /// <param name="piece">How many bytes come at once.</param>
    /// <param name="maxRecordBytes">The limit of a record.</param>
    public static async Task<ReadFile> ReadAsync(
        byte[] bytes, string name, ProfileCatalog profiles, string? asked = null, int piece = int.MaxValue, int maxRecordBytes = SourceOptions.DefaultMaxRecordBytes)
    {
        var hints = MappingHints.None with { Profile = asked is null ? null : new ProfileChoice(asked, ProfileRule.Path) };
        await using var file = await RecordFile.OpenAsync(
            new PiecewiseStream(bytes, piece), name, new SourceOptions { MaxRecordBytes = maxRecordBytes }, profiles, hints, CancellationToken.None);
        return new ReadFile(file.Layout, await file.ReadAsync(CancellationToken.None).ToListAsync());
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    public static string Text(this Record record) => Encoding.UTF8.GetString(record.Utf8.Span);

    /// <summary>The rows of a record that holds several.</summary>
    public static List<Dictionary<string, string>> Rows(this Record record) =>
        JsonSerializer.Deserialize<Dictionary<string, List<Dictionary<string, string>>>>(record.Utf8.Span)!["rows"];

    /// <summary>The one row of a record.</summary>
    public static Dictionary<string, string> Row(this Record record) => JsonSerializer.Deserialize<Dictionary<string, string>>(record.Utf8.Span)!;

    /// <summary>Each row as it stands in the file.</summary>
    public static IEnumerable<string> RawRows(this Record record) =>
        record.Rows!.Rows.Select(row => Encoding.UTF8.GetString(record.Rows.Text.Span.Slice(row.Start, row.Length)));
}

/// <summary>What came of a file.</summary>
internal sealed record ReadFile(FileLayout Layout, List<Record> Records)
{
    public IEnumerable<Record> Good => Records.Where(record => record.Fault is null);

    public IEnumerable<Record> Bad => Records.Where(record => record.Fault is not null);
}
