using System.Globalization;

namespace Cax.Core.Tests.Support;

/// <summary>Small valid events whose ids a test chooses.</summary>
public static class Leads
{
    /// <summary>A conforming <c>generate_lead</c> with this event id; <paramref name="extra"/> adds members.</summary>
    public static string Event(string id, string extra = "", long timestamp = 1_795_251_000_000) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"event_name":"generate_lead","id":"L-{{{id}}}",{{{extra}}}"user":{"id":"C-{{{id}}}","consistent_anonymous_id":"a-{{{id}}}","consent_categories":["1"]},"context":{"event_id":"{{{id}}}","event_timestamp":{{{timestamp}}}}}""");

    /// <summary>The same without an id, so that one is derived from the lead's id.</summary>
    public static string WithoutId(string leadId, string extra = "", long timestamp = 1_795_251_000_000) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"event_name":"generate_lead","id":"{{{leadId}}}",{{{extra}}}"user":{"id":"C-1","consistent_anonymous_id":"a-1","consent_categories":["1"]},"context":{"event_timestamp":{{{timestamp}}}}}""");

    public static IEnumerable<string> Events(int count, Func<int, bool>? poisoned = null) => Enumerable.Range(0, count)
        .Select(i => Event(Id(i), poisoned?.Invoke(i) == true ? "\"note\":\"poison\"," : ""));

    public static string Id(int number) => number.ToString("id-00000", CultureInfo.InvariantCulture);
}
