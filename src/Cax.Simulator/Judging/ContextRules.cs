using System.Globalization;
using System.Text.Json;

namespace Cax.Simulator.Judging;

/// <summary><c>context</c>: the id, the time and what only the platform may write (CAX reference 3.4).</summary>
internal static class ContextRules
{
    private const int LongestId = 128;
    private const int TimeDigits = 13;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private static readonly string[] Objects = ["page", "device", "app"];
    private static readonly string[] PlatformOwned = ["enrichment", "warnings", "dataquality"];

    public static void Check(JsonElement? root, DateTimeOffset now, FindingList findings)
    {
        var context = root.Member("context");
        if (!context.IsMissing() && !context.IsObject()) findings.Malformed("context", "context", "must be an object", context);
        CheckId(context.Member("event_id"), findings);
        CheckTime(context.Member("event_timestamp"), now, findings);
        foreach (var name in Objects)
        {
            if (context.Member(name) is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) } value)
                findings.Malformed("type", "context." + name, "must be an object", value);
        }

        foreach (var name in PlatformOwned)
        {
            if (context.Member(name) is { } value)
                findings.Malformed("platform_owned", "context." + name, "is written by the platform only", value);
        }
    }

    private static void CheckId(JsonElement? id, FindingList findings)
    {
        const string rule = "event_id";
        const string path = "context.event_id";
        if (id.IsMissing()) findings.Missing(rule, path, "is required", id);
        else if (id.Text() is not { } text) findings.Malformed(rule, path, "must be a string", id);
        else if (string.IsNullOrWhiteSpace(text)) findings.Missing(rule, path, "must not be empty", id);
        else if (text.Length > LongestId) findings.Malformed(rule, path, "must not be longer than 128 characters", id);
        else if (text.Any(char.IsControl)) findings.Malformed(rule, path, "must not hold control characters", id);
    }

    private static void CheckTime(JsonElement? time, DateTimeOffset now, FindingList findings)
    {
        const string rule = "event_time";
        const string path = "context.event_timestamp";
        if (time.IsMissing()) findings.Missing(rule, path, "is required", time);
        else if (time is not { ValueKind: JsonValueKind.Number } number || !IsMilliseconds(number.GetRawText()))
            findings.Malformed(rule, path, "must be an integer of 13 digits, in milliseconds", time);
        else if (number.GetInt64() > (now + ClockSkew).ToUnixTimeMilliseconds())
            findings.Malformed(rule, path, "must not be more than 5 minutes ahead", time);
    }

    private static bool IsMilliseconds(string text) =>
        text.Length == TimeDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
