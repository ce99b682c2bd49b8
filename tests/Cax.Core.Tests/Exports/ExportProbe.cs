using System.Globalization;
using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;
using SourceRecord = Cax.Core.Sources.Record;

namespace Cax.Core.Tests.Exports;

/// <summary>Takes an export file through reading, mapping and validation, with the profiles that a user would have beside the built-in ones.</summary>
internal sealed class ExportProbe
{
    public static readonly DateTimeOffset Received = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Cax.Core.Tests/Exports");

    private static readonly ProfileDocument[] Own =
        [.. Directory.GetFiles(Path.Combine(Folder, "Profiles"), "*" + ProfileDocument.Ending).Order(StringComparer.Ordinal).Select(file => new ProfileDocument(file, File.ReadAllBytes(file)))];

    private readonly ProfileCatalog _catalog;
    private readonly RecordMapper _mapper;

    /// <param name="parameters">What the settings say, as <c>shopware-csv/timeZone=Europe/Berlin</c>.</param>
    public ExportProbe(params string[] parameters)
    {
        var values = parameters.Select(text => text.Split('/', 2)).GroupBy(pair => pair[0]).ToDictionary(
            profile => profile.Key,
            IReadOnlyDictionary<string, string> (profile) => profile.Select(pair => pair[1].Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
        _catalog = new ProfileCatalog(values, Own);
        Assert.Empty(_catalog.Problems);
        _mapper = new RecordMapper(
            new MappingOptions
            {
                Identity = new IdentityOptions { HashKey = "exports" },
                General = new SourceMapping { Consent = new ConsentOptions { Policy = ConsentPolicy.Omit } },
            },
            () => _catalog);
    }

    /// <summary>The files of this project, in the shapes of real ones.</summary>
    public static string Example(string name) => Path.Combine(Folder, "Examples", name);

    public static IEnumerable<string> Examples => Directory.GetFiles(Path.Combine(Folder, "Examples")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    public Task<IReadOnlyList<ExportRecord>> ReadAsync(string file, string? profile = null) => ReadAsync(File.OpenRead(file), Path.GetFileName(file), profile);

    public async Task<IReadOnlyList<ExportRecord>> ReadAsync(Stream file, string name, string? profile = null)
    {
        var choice = profile is null ? null : new ProfileChoice(profile, ProfileRule.Property);
        var records = new List<ExportRecord>();
        await using var open = await RecordFile.OpenAsync(
            file, name, new SourceOptions(), _catalog, new MappingHints(choice, MessageProperties.None), TestContext.Current.CancellationToken);
        await foreach (var record in open.ReadAsync(TestContext.Current.CancellationToken))
        {
            var origin = new RecordOrigin("exports", Received) { Profile = record.Profile ?? open.Layout.Profile };
            records.Add(record.Fault is { } fault
                ? new ExportRecord(record.Position.Line, record.Rows?.Rows.Count ?? 0, null, fault.Reason, null, [], []) { FaultLine = fault.At.Line }
                : Map(record, origin));
        }

        return records;
    }

    private ExportRecord Map(SourceRecord record, RecordOrigin origin)
    {
        var result = _mapper.Map(record.Utf8, origin);
        var findings = new List<Finding>();
        foreach (var made in result.Events)
        {
            new EventValidator(new EventOptions(), consentAsNumbers: false, TimeProvider.System).Validate(made.Utf8, findings);
        }

        return new ExportRecord(
            record.Position.Line, record.Rows?.Rows.Count ?? 0, result.Profile, result.ParkedBecause, result.SkippedBy,
            [.. result.Events.Select(made => new ExportEvent(JsonElement.Parse(made.Utf8.Span)))],
            [.. findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Code).Distinct()]);
    }
}

/// <summary>What became of one row or group of rows.</summary>
internal sealed record ExportRecord(
    long Line, int Rows, ProfileChoice? Profile, string? Parked, string? Skipped, IReadOnlyList<ExportEvent> Events, IReadOnlyList<string> Errors)
{
    /// <summary>The line of the first row that cannot be read; 0 when all can.</summary>
    public long FaultLine { get; init; }

    public ExportEvent Purchase => Assert.Single(Events, made => made.Name == "purchase");

    public ExportEvent Refund => Assert.Single(Events, made => made.Name == "refund");
}

/// <summary>An event, by what is counted.</summary>
internal sealed record ExportEvent(JsonElement Json)
{
    public string Name => Json.GetProperty("event_name").GetString()!;

    public string? Id => Text("id");

    public string? Currency => Text("currency");

    public string? Status => Text("status");

    public string EventId => Json.GetProperty("context").GetProperty("event_id").GetString()!;

    public long Time => Json.GetProperty("context").GetProperty("event_timestamp").GetInt64();

    public int Items => Json.TryGetProperty("items", out var items) ? items.GetArrayLength() : 0;

    public decimal Pieces => Json.TryGetProperty("items", out var items) ? items.EnumerateArray().Sum(item => item.GetProperty("quantity").GetDecimal()) : 0;

    /// <summary>Value, revenue, shipping and tax, as the event has them.</summary>
    public (string? Value, string? Revenue, string? Shipping, string? Tax) Money => (Number("value"), Number("revenue"), Number("shipping_amount"), Number("tax_amount"));

    public decimal Amount(string name) => decimal.Parse(Number(name)!, CultureInfo.InvariantCulture);

    private string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private string? Number(string name) => Json.TryGetProperty(name, out var value) ? value.GetRawText() : null;
}
