using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX063: no event id stands twice in one batch.</summary>
internal sealed class BatchIds
{
    private readonly Dictionary<string, string> _firstPlaces = new(StringComparer.Ordinal);

    public void Check(JsonElement root, Place place, EventFindings findings)
    {
        if (!root.TryGet("context"u8, out var context) || context.ValueKind != JsonValueKind.Object
            || !context.TryGet("event_id"u8, out var id) || !id.IsText())
        {
            return;
        }

        var text = id.GetString()!;
        if (!_firstPlaces.TryAdd(text, place.ToString()))
        {
            findings.Error(
                "CAX063", place.Member("context").Of("event_id"),
                $"event_id is that of {_firstPlaces[text]} too; every event of a batch needs its own");
        }
    }
}
