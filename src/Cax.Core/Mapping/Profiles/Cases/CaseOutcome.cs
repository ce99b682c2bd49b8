using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cax.Core.Events;

namespace Cax.Core.Mapping.Profiles.Cases;

/// <summary>What came out of a message: of the record in it, or of each of several.</summary>
internal static class CaseOutcome
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>In the form in which a case expects it.</summary>
    public static JsonElement ToJson(IReadOnlyList<MapResult> records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (records.Count == 1)
            {
                Write(json, records[0]);
            }
            else
            {
                json.WriteStartObject();
                json.WriteStartArray("records");
                foreach (var record in records)
                {
                    Write(json, record);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>As it stands in a file.</summary>
    public static string ToText(JsonElement outcome)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            outcome.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, MapResult record)
    {
        json.WriteStartObject();
        if (record.SkippedBy is { } rule)
        {
            json.WriteString("skipped", rule);
        }
        else if (record.ParkedBecause is { } reason)
        {
            json.WriteString("parked", reason);
        }
        else
        {
            json.WriteStartArray("events");
            foreach (CaxEvent @event in record.Events)
            {
                json.WriteRawValue(@event.Utf8.Span);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
