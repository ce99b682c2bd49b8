using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Cax.Core.Tests.Support;

/// <summary>A Config API with one source, whose counts a test sets.</summary>
public sealed class ConfigApiScript : HttpMessageHandler
{
    private readonly SortedDictionary<string, SortedDictionary<DateTimeOffset, (long Collected, long Normalized)>> _counts = new(StringComparer.Ordinal);

    public string Key { get; set; } = PipelineRig.Key;

    public string SourceId { get; set; } = "41";

    public string Status { get; set; } = "active";

    /// <summary>Answered in place of the counts.</summary>
    public (int Status, string Body)? Instead { get; set; }

    /// <summary>What was asked, without the host.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>Adds to what was collected of an event name; all of it is accepted unless a test says how much.</summary>
    public void Collect(string name, DateTimeOffset quarter, long collected, long? normalized = null)
    {
        if (!_counts.TryGetValue(name, out var counts))
        {
            _counts[name] = counts = [];
        }

        var before = counts.GetValueOrDefault(quarter);
        counts[quarter] = (before.Collected + collected, before.Normalized + (normalized ?? collected));
    }

    /// <summary>The history goes back no further than this.</summary>
    public void Forget(DateTimeOffset until)
    {
        foreach (var counts in _counts.Values)
        {
            foreach (var quarter in counts.Keys.Where(quarter => quarter < until).ToList())
            {
                counts.Remove(quarter);
            }
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal(HttpMethod.Get, request.Method);
        Assert.Equal("Bearer secret-token", request.Headers.Authorization!.ToString());
        var asked = request.RequestUri!.PathAndQuery;
        Asked.Add(asked);
        var (status, body) = asked.Contains("/sources?", StringComparison.Ordinal) ? (200, Sources()) : Instead ?? (200, Quality());
        return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) });
    }

    private string Sources() => new JsonObject
    {
        ["data"] = new JsonArray(new JsonObject
        {
            ["id"] = int.Parse(SourceId, CultureInfo.InvariantCulture),
            ["attributes"] = new JsonObject { ["integration_key"] = Key, ["status"] = Status, ["deleted_at"] = null },
        }),
    }.ToJsonString();

    private string Quality()
    {
        var statuses = new JsonObject();
        foreach (var (name, counts) in _counts)
        {
            var rows = new JsonArray(new JsonArray("dateTime", "collected", "normalized"));
            foreach (var (quarter, count) in counts)
            {
                rows.Add((JsonNode)new JsonArray(quarter.ToUnixTimeMilliseconds(), count.Collected, count.Normalized));
            }

            statuses[name] = rows;
        }

        return new JsonObject
        {
            ["data"] = new JsonObject { ["attributes"] = new JsonObject { ["validation"] = new JsonObject { ["statuses"] = statuses } } },
        }.ToJsonString();
    }
}
