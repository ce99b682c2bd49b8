using System.Text;
using System.Text.Json;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>Maps records by a profile of one custom event, whose single property is the expression in question.</summary>
internal static class ProfileProbe
{
    private static readonly DateTimeOffset Arrival = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    /// <summary>Parts that every little profile needs; <c>%</c> stands for what differs.</summary>
    public const string Document =
        """
        {
          "profile": "probe", "version": 1, "title": "A probe",
          "parameters": { "zone": { "default": "Europe/Paris" }, "timeZone": { "default": "UTC" }, "none": { "description": "has no value" }, "comma": { "default": "," }, "space": { "default": "space" } },
          "lookups": { "colours": { "rouge": "red", "Grün": "green" }, "payment": { "visa": "card" } },
          "events": [{ "event": "probe_seen", "time": { "received": true }, "key": { "constant": "k" }, "set": { "user.id": { "constant": "C-1" } }, "custom": { "x": % } }]
        }
        """;

    public static RecordMapper Mapper(string document)
    {
        var catalog = Catalog(document);
        Assert.Empty(catalog.Problems);
        return new RecordMapper(
            new MappingOptions { General = new SourceMapping { Consent = new ConsentOptions { Policy = ConsentPolicy.Omit } } }, () => catalog);
    }

    public static ProfileCatalog Catalog(string document) =>
        ProfileCatalog.Of([new ProfileDocument("probe.profile.json", Encoding.UTF8.GetBytes(document))]);

    public static MapResult Map(string document, string record, IReadOnlyDictionary<string, string>? properties = null) =>
        Mapper(document).Map(Encoding.UTF8.GetBytes(record), Origin(properties));

    public static RecordOrigin Origin(IReadOnlyDictionary<string, string>? properties = null)
    {
        var origin = new RecordOrigin("default", Arrival) { Profile = new ProfileChoice("probe", ProfileRule.Property) };
        return properties is null ? origin : origin with { Properties = properties };
    }

    /// <summary>The property of the event as JSON; null when the expression gave nothing.</summary>
    public static string? Value(string expression, string record, IReadOnlyDictionary<string, string>? properties = null)
    {
        var result = Map(Document.Replace("%", expression, StringComparison.Ordinal), record, properties);
        Assert.Null(result.ParkedBecause);
        using var @event = JsonDocument.Parse(Assert.Single(result.Events).Utf8);
        return @event.RootElement.TryGetProperty("x", out var x) ? x.GetRawText() : null;
    }
}
