using System.Text.Json;
using Cax.Cli.Output;

namespace Cax.Cli.Stories;

/// <summary>The story of an order for scripts: one JSON object.</summary>
internal static class StoryJson
{
    public static void Print(CliConsole console, IReadOnlyList<StoryEntry> entries) => AccountsJson.Print(console, json =>
    {
        json.WriteBoolean("found", entries.Count > 0);
        json.WriteStartArray("story");
        foreach (var entry in entries)
        {
            Write(json, entry);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, StoryEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("at", entry.At.UtcDateTime);
        json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(entry.Outcome.ToString()));
        WriteText(json, "reason", entry.Reason);
        WriteText(json, "detail", entry.Detail);
        WriteText(json, "event", entry.EventName);
        WriteText(json, "eventId", entry.EventId);
        json.WriteString("destination", entry.Destination);
        json.WriteString("delivery", entry.Delivery);
        json.WriteNumber("line", entry.Line);
        WriteText(json, "deadLetter", entry.DeadLetter);
        json.WriteBoolean("replay", entry.IsReplay);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
