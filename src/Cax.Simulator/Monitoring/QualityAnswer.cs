using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cax.Simulator.Records;

namespace Cax.Simulator.Monitoring;

/// <summary>What was collected and what of it was kept, by event name and quarter hour, and what was wrong (CAX reference 8.4).</summary>
internal static partial class QualityAnswer
{
    public static ConfigAnswer Of(TwinOptions options, IReadOnlyList<ReceivedEvent> events)
    {
        var byName = events
            .GroupBy(received => received.Name ?? Tally.Unnamed)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        var statuses = new JsonObject();
        var anomalies = new JsonObject();
        foreach (var group in byName)
        {
            statuses[group.Key] = Rows(group);
            if (group.Any(received => received.Findings.Count > 0)) anomalies[group.Key] = Anomalies(group);
        }

        var id = options.SourceId.ToString(CultureInfo.InvariantCulture);
        return ConfigAnswer.Data(new JsonObject
        {
            ["type"] = "sources-data-quality",
            ["id"] = id,
            ["attributes"] = new JsonObject
            {
                ["eventNames"] = new JsonArray([.. byName.Select(group => (JsonNode)group.Key)]),
                ["validation"] = new JsonObject { ["statuses"] = statuses, ["anomalies"] = anomalies },
                ["collection"] = new JsonObject
                {
                    ["total"] = events.Count,
                    ["sources"] = new JsonArray(
                        new JsonObject { ["reference"] = id, ["count"] = events.Count, ["integration"] = options.SourceId }),
                },
            },
        });
    }

    private static JsonArray Rows(IEnumerable<ReceivedEvent> events)
    {
        var rows = new JsonArray(new JsonArray("dateTime", "collected", "normalized"));
        foreach (var step in events.GroupBy(received => QuarterHour.Of(received.ReceivedAt)).OrderBy(step => step.Key))
            rows.Add((JsonNode)new JsonArray(step.Key, step.Count(), step.Count(received => received.Verdict != Verdict.InvalidRejected)));
        return rows;
    }

    private static JsonArray Anomalies(IEnumerable<ReceivedEvent> events)
    {
        var found =
            from received in events
            from finding in received.Findings
            group received by (Level: Level(received), Path: Generalised(finding.Path), finding.Message, finding.Found);
        return new JsonArray(
        [
            .. found.Select(group => new JsonObject
            {
                ["level"] = group.Key.Level,
                ["count"] = group.Count(),
                ["path"] = group.Key.Path,
                ["message"] = group.Key.Message,
                // The type stands for the value, which may be personal.
                ["sample"] = group.Key.Found,
                ["date"] = IsoTime.Of(group.Max(received => received.ReceivedAt)),
            }),
        ]);
    }

    private static string Level(ReceivedEvent received) => received.Verdict == Verdict.InvalidRejected ? "error" : "warning";

    // The platform addresses the members at the root as properties (CAX reference 6, last line).
    private static string Generalised(string path) =>
        path.StartsWith("user", StringComparison.Ordinal) || path.StartsWith("context", StringComparison.Ordinal) || path.Length == 0
            ? path
            : "properties." + ItemIndex().Replace(path, "[]");

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex ItemIndex();
}
