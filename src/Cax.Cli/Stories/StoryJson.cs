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
        json.WriteText("reason", entry.Reason);
        json.WriteText("detail", entry.Detail);
        json.WriteText("event", entry.EventName);
        json.WriteText("eventId", entry.EventId);
        json.WriteString("destination", entry.Destination);
        json.WriteString("delivery", entry.Delivery);
        json.WriteNumber("line", entry.Line);
        json.WriteText("deadLetter", entry.DeadLetter);
        json.WriteBoolean("replay", entry.IsReplay);
        json.WriteEndObject();
    }
}
