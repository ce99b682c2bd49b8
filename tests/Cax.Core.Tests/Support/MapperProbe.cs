using System.Text;
using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Mapping;

namespace Cax.Core.Tests.Support;

/// <summary>Maps records as the tests write them and opens what comes out.</summary>
internal static class MapperProbe
{
    public static readonly RecordOrigin Origin = new("test-queue", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public static readonly MappingOptions Options = new() { Identity = new IdentityOptions { HashKey = "test-key" } };

    public static MappingOptions WithConsent(ConsentPolicy policy, ConsentElement element = ConsentElement.Text, params string[] categories) =>
        Options with { General = new SourceMapping { Consent = new ConsentOptions { Policy = policy, Element = element, Categories = categories } } };

    public static MapResult Map(string json, MappingOptions? options = null) =>
        new RecordMapper(options ?? Options).Map(Encoding.UTF8.GetBytes(json), Origin);

    public static MapResult Map(byte[] utf8) => new RecordMapper(Options).Map(utf8, Origin);

    /// <summary>The only event of a record that must map.</summary>
    public static CaxEvent Event(string json, MappingOptions? options = null)
    {
        var result = Map(json, options);
        Assert.True(result.ParkedBecause is null, $"{result.ParkedBecause}: {result.Detail} {string.Join("; ", result.Findings)}");
        return Assert.Single(result.Events);
    }

    public static string Text(string json, MappingOptions? options = null) => Text(Event(json, options));

    public static string Text(CaxEvent @event) => Encoding.UTF8.GetString(@event.Utf8.Span);

    public static JsonElement Json(string json, MappingOptions? options = null) => JsonElement.Parse(Event(json, options).Utf8.Span);

    /// <summary>The JSON text under a path such as <c>user.id</c> or <c>items.0.id</c>; null when there is nothing.</summary>
    public static string? At(this JsonElement element, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                element = element[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)];
            }
            else if (!element.TryGetProperty(step, out element))
            {
                return null;
            }
        }

        return element.GetRawText();
    }
}
