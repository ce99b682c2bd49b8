using System.Text.Json.Nodes;
using Cax.Simulator.Records;

namespace Cax.Simulator.Monitoring;

/// <summary>The list of sources: the one that the twin plays (CAX reference 8.3).</summary>
internal static class SourcesAnswer
{
    // Stands in for the source key while any key is fine and none has been seen.
    private const string PlaceholderKey = "00000000-0000-4000-8000-000000000041";

    public static ConfigAnswer Of(TwinOptions options, RecordBook book, bool withHealth)
    {
        var events = book.Events();
        var attributes = new JsonObject
        {
            ["label"] = "Simulated source",
            ["occurence_type"] = "continuous",
            ["timezone"] = "UTC",
            ["last_request_at"] = events.Count > 0 ? IsoTime.Of(events[^1].ReceivedAt) : null,
            ["last_run_at"] = null,
            ["created"] = null,
            ["updated"] = null,
            ["deleted_at"] = null,
            ["parameters"] = null,
            ["integration_key"] = options.Key ?? book.LastKey ?? PlaceholderKey,
            ["status"] = options.SourceActive ? "active" : "inactive",
        };
        if (withHealth) attributes["health"] = Health(events);

        return ConfigAnswer.Data(new JsonArray(new JsonObject
        {
            ["id"] = options.SourceId,
            ["type"] = "integrations",
            ["attributes"] = attributes,
            ["relationships"] = new JsonObject
            {
                ["connector"] = Link("dms/connector", "1"),
                ["environment"] = Link("integration-environments", "1"),
            },
        }));
    }

    private static JsonObject Link(string type, string id) => new() { ["data"] = new JsonObject { ["type"] = type, ["id"] = id } };

    private static JsonObject Health(IReadOnlyList<ReceivedEvent> events)
    {
        var fails = events.Where(received => received.Verdict == Verdict.InvalidRejected).ToList();
        var successes = events.Where(received => received.Verdict != Verdict.InvalidRejected).ToList();
        return new JsonObject
        {
            ["total"] = events.Count,
            ["success"] = new JsonObject { ["immediate"] = Count(successes.Count), ["retry"] = Count(0) },
            ["fail"] = new JsonObject { ["rejected"] = Count(fails.Count), ["error"] = Count(0) },
            ["trends"] = new JsonObject { ["success"] = Trend("success", successes), ["fail"] = Trend("fail", fails) },
        };
    }

    private static JsonObject Count(int total) => new() { ["total"] = total, ["increase_rate"] = null };

    private static JsonObject Trend(string name, IEnumerable<ReceivedEvent> events)
    {
        var rows = new JsonArray(new JsonArray("dateTime", name));
        foreach (var step in events.CountBy(received => QuarterHour.Of(received.ReceivedAt)).OrderBy(step => step.Key))
            rows.Add((JsonNode)new JsonArray(step.Key, step.Value));
        return new JsonObject { ["dataset"] = rows };
    }
}
