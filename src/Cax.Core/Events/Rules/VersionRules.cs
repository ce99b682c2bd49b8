using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX050: members at the root that only the first version of the API knows (CAX reference 6).</summary>
internal static class VersionRules
{
    private static readonly JsonName Properties = new("properties");
    private static readonly JsonName[] Old = [new("event"), new("eventId"), new("device"), new("page"), new("app")];

    public static void Check(JsonElement root, Place place, EventFindings findings)
    {
        if (root.TryGet(Properties.Utf8, out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            findings.Error(
                "CAX050", place.Of(Properties.Text),
                "the object properties belongs to version 1; send its members at the root of the event");
        }

        foreach (var name in Old)
        {
            if (root.TryGet(name.Utf8, out _))
            {
                findings.Error(
                    "CAX050", place.Of(name.Text),
                    "belongs to version 1; in version 2 the name is event_name, and id, page, device and app are in context");
            }
        }
    }
}
