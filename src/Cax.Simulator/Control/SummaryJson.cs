using System.Globalization;
using System.Text.Json.Nodes;

namespace Cax.Simulator.Control;

internal static class SummaryJson
{
    public static JsonObject Of(TwinSummary summary) => new()
    {
        ["requests"] = summary.Requests,
        ["acceptedRequests"] = summary.AcceptedRequests,
        ["batches"] = summary.Batches,
        ["pixels"] = summary.Pixels,
        ["events"] = summary.Events,
        ["distinctIds"] = summary.DistinctIds,
        ["repeatedIds"] = summary.RepeatedIds,
        ["dropped"] = summary.Dropped,
        ["largestBody"] = summary.LargestBody,
        ["largestEvent"] = summary.LargestEvent,
        ["verdicts"] = Counts(summary.Verdicts, verdict => verdict.Name()),
        ["byStatus"] = Counts(summary.ByStatus, status => status.ToString(CultureInfo.InvariantCulture)),
        ["byEventName"] = Counts(summary.ByEventName, name => name),
    };

    private static JsonObject Counts<TKey>(IReadOnlyDictionary<TKey, int> counts, Func<TKey, string> name) =>
        new(counts.Select(count => KeyValuePair.Create(name(count.Key), (JsonNode?)count.Value)));
}
