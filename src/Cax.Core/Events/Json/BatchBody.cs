using System.Globalization;
using System.Text.Json;

namespace Cax.Core.Events.Json;

/// <summary>
/// Finds the events in a request body without judging them, so that a bad event costs exactly itself (CAX reference 3.1).
/// </summary>
internal static class BatchBody
{
    /// <returns>Where the events are; empty when the body is none, which is then a finding.</returns>
    public static IReadOnlyList<Range> Events(ReadOnlySpan<byte> body, EventFindings findings)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                findings.Error("CAX001", "$", "the body must be a JSON object with the events in the array batch");
                return [];
            }

            List<Range>? events = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isBatch = !LoneSurrogates.In(reader.ValueSpan) && reader.ValueTextEquals("batch"u8);
                reader.Read();
                if (!isBatch)
                {
                    reader.Skip();
                }
                else if (events is not null)
                {
                    findings.Error("CAX001", "$.batch", "stands twice in the body; send it once");
                    return [];
                }
                else
                {
                    events = Elements(ref reader);
                }
            }

            // Reads on behind the object, where nothing may follow.
            reader.Read();
            if (events is null or [])
            {
                findings.Error("CAX062", "$.batch", "batch is missing, empty or no array; send an array of at least one event");
            }

            return events ?? [];
        }
        catch (JsonException)
        {
            findings.Error("CAX001", "$", string.Create(
                CultureInfo.InvariantCulture,
                $"the body is not valid JSON near byte {reader.BytesConsumed:N0}; the endpoint refuses all of it"));
            return [];
        }
    }

    private static List<Range> Elements(ref Utf8JsonReader reader)
    {
        var elements = new List<Range>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return elements;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(start..(int)reader.BytesConsumed);
        }

        return elements;
    }
}
