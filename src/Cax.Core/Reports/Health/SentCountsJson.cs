using System.Buffers;
using System.Text.Json;

namespace Cax.Core.Reports.Health;

/// <summary>Sent counts as JSON documents.</summary>
/// <remarks>
/// <c>{ "version": 1, "quarter": "2026-11-21T09:00:00Z", "instance": "…", "destinations": { "default": { "site": "29", "sent": { "purchase": 12 } } } }</c>,
/// with <c>early</c> and <c>late</c> beside <c>sent</c> where <see cref="SentCount"/> has any.
/// </remarks>
public static class SentCountsJson
{
    private const int Version = 1;

    public static byte[] Write(SentQuarter counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("quarter", counts.Quarter.UtcDateTime);
            json.WriteString("instance", counts.Instance);
            json.WriteStartObject("destinations");
            foreach (var (name, sent) in counts.Destinations.OrderBy(destination => destination.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(name);
                json.WriteString("site", sent.SiteId);
                Write(json, "sent", sent.ByName, count => count.Sent);
                Write(json, "early", sent.ByName, count => count.Early);
                Write(json, "late", sent.ByName, count => count.Late);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">It is no such document; the message says why.</exception>
    public static SentQuarter Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
            {
                throw new FormatException("The counts are of a version that this one does not know.");
            }

            return new SentQuarter(
                QuarterHour.Of(root.GetProperty("quarter").GetDateTimeOffset()),
                root.GetProperty("instance").GetString()!,
                root.GetProperty("destinations").EnumerateObject().ToDictionary(destination => destination.Name, destination => Read(destination.Value)));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("The document holds no counts of what was sent.", e);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, SentCount> counts, Func<SentCount, long> part)
    {
        var some = counts.Where(count => part(count.Value) > 0).OrderBy(count => count.Key, StringComparer.Ordinal).ToList();
        if (some.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, count) in some)
        {
            json.WriteNumber(key, part(count));
        }

        json.WriteEndObject();
    }

    private static SentToDestination Read(JsonElement destination)
    {
        var counts = new Dictionary<string, SentCount>();
        Add("sent", value => new SentCount(value));
        Add("early", value => new SentCount(0, Early: value));
        Add("late", value => new SentCount(0, Late: value));
        return new SentToDestination(destination.GetProperty("site").GetString()!, counts);

        void Add(string part, Func<long, SentCount> count)
        {
            if (destination.TryGetProperty(part, out var values))
            {
                foreach (var value in values.EnumerateObject())
                {
                    counts[value.Name] = counts.GetValueOrDefault(value.Name) + count(Math.Max(0, value.Value.GetInt64()));
                }
            }
        }
    }
}
