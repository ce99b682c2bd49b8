using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Cax.Core.Delivery;

namespace Cax.Core.Reports.Health;

/// <summary>Looks at the Config API as JSON documents: <c>"quarters": { "2026-11-21T09:00:00Z": { "purchase": [collected, normalized] } }</c>.</summary>
public static class SourceLookJson
{
    private const int Version = 1;

    public static byte[] Write(SourceLook look)
    {
        ArgumentNullException.ThrowIfNull(look);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("destination", look.Destination);
            json.WriteString("source", look.SourceId);
            json.WriteString("at", look.At.UtcDateTime);
            if (look.Since is { } since)
            {
                json.WriteString("since", since.UtcDateTime);
            }

            json.WriteStartObject("quarters");
            foreach (var (quarter, counts) in look.Quarters.OrderBy(quarter => quarter.Key))
            {
                json.WriteStartObject(quarter.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                foreach (var (name, count) in counts.OrderBy(count => count.Key, StringComparer.Ordinal))
                {
                    json.WriteStartArray(name);
                    json.WriteNumberValue(count.Collected);
                    json.WriteNumberValue(count.Normalized);
                    json.WriteEndArray();
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The look; null when the document holds none of this version. Then a new one begins.</summary>
    public static SourceLook? TryRead(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var root = document.RootElement;
            return root.GetProperty("version").GetInt32() != Version
                ? null
                : new SourceLook(
                    root.GetProperty("destination").GetString()!,
                    root.GetProperty("source").GetString()!,
                    root.GetProperty("at").GetDateTimeOffset(),
                    root.TryGetProperty("since", out var since) ? since.GetDateTimeOffset() : null,
                    root.GetProperty("quarters").EnumerateObject().ToDictionary(quarter => Time(quarter.Name), quarter => (IReadOnlyDictionary<string, CollectedCount>)Counts(quarter.Value)));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException
            or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static Dictionary<string, CollectedCount> Counts(JsonElement counts) => counts.EnumerateObject().ToDictionary(
        count => count.Name, count => new CollectedCount(count.Value[0].GetInt64(), count.Value[1].GetInt64()));
}
