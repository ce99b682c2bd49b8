using System.Text;
using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>
/// CAX010 and CAX051: the id of the event, and the members of <c>context</c> that belong to the platform (CAX reference 3.4).
/// </summary>
internal static class ContextRules
{
    private const int LongestId = 128;

    private static readonly JsonName[] OwnedByPlatform = [new("enrichment"), new("warnings"), new("dataquality")];

    public static void Check(JsonElement root, Place place, DateTimeOffset now, EventFindings findings)
    {
        var inContext = place.Member("context");
        var hasContext = root.TryGet("context"u8, out var context) && context.ValueKind == JsonValueKind.Object;
        if (!hasContext || !IsEventId(context))
        {
            findings.Error(
                "CAX010", inContext.Of("event_id"),
                "event_id must be a text of 1 to 128 characters without control characters, in the object context");
        }

        TimestampRules.Check(root, hasContext ? context : null, place, now, findings);
        if (!hasContext)
        {
            return;
        }

        foreach (var name in OwnedByPlatform)
        {
            if (context.TryGet(name.Utf8, out _))
            {
                findings.Warning("CAX051", inContext.Of(name.Text), "is written by the platform; leave it out");
            }
        }
    }

    private static bool IsEventId(JsonElement context)
    {
        if (!context.TryGet("event_id"u8, out var id) || !id.IsText())
        {
            return false;
        }

        var text = id.Utf8Text();
        if (Encoding.UTF8.GetCharCount(text) > LongestId)
        {
            return false;
        }

        foreach (var rune in Encoding.UTF8.GetString(text).EnumerateRunes())
        {
            if (Rune.IsControl(rune))
            {
                return false;
            }
        }

        return true;
    }
}
