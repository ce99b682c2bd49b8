using System.Text;
using System.Text.Json;
using Cax.Core.Events.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Payloads;

/// <summary>
/// An event of CAX API 1.0 or of its predecessor of 2021 (CAX reference 6): properties move to the root, metadata into the context.
/// </summary>
/// <remarks>This is no profile, because every member goes through, known or not, and a profile takes those it names.</remarks>
internal sealed class V1Payload(EventNormaliser normaliser) : IPayloadConverter
{
    /// <summary>The names that mean metadata at the root, so that one in <c>properties</c> gives way to it.</summary>
    private static readonly HashSet<string> Metadata = new(StringComparer.Ordinal)
    {
        "event_name", "event", "event_id", "eventId", "event_timestamp", "eventTimestamp", "page", "device", "app",
    };

    public string Shape => "a CAX event of version 1 (properties, or a text under event)";

    public bool Recognises(JsonTape tape)
    {
        var hasProperties = tape.Has(PayloadNames.Properties, JsonValueKind.Object);
        return tape.Has(PayloadNames.EventName) || tape.Has(PayloadNames.EventId)
            ? hasProperties || tape.Has(PayloadNames.EventId)
            : (hasProperties || tape.Has(PayloadNames.Event, JsonValueKind.String)) && !IsSegmentTrackCall(tape);
    }

    public MapResult Convert(JsonElement payload, ReadOnlyMemory<byte> utf8, RecordOrigin origin)
    {
        var draft = Draft.Begin(utf8, origin.Source);
        draft.Root.Load(payload);
        draft.Changed = true;
        LiftProperties(draft, payload);
        if (draft.Root.Lacks("event_name"u8))
        {
            draft.Root.Remove("event_name"u8);
            draft.Root.Rename("event"u8, "event_name"u8);
        }

        V1Metadata.MoveIntoContext(draft);
        if (draft.Root.Raw("version"u8).SequenceEqual("1"u8))
        {
            draft.Root.Remove("version"u8);
        }

        V1Metadata.RenameDetails(draft.Root);
        if (draft.Findings.Count == 0)
        {
            return normaliser.Finish(draft);
        }

        var findings = draft.Findings;
        draft.End();
        return MapResult.Parked(
            ReasonCodes.InvalidMessage, $"Version 1 says the same thing in two places: {findings[0].Path}. Conflicts: {findings.Count}.", findings);
    }

    private static void LiftProperties(Draft draft, JsonElement payload)
    {
        if (!draft.Root.Take("properties"u8, out var properties) || properties.Element.ValueKind != JsonValueKind.Object)
        {
            if (!properties.Name.IsEmpty)
            {
                draft.Root.Add(properties);
            }

            return;
        }

        var atRoot = payload.EnumerateObject().Select(p => p.Name).Where(name => name != "properties").ToHashSet(StringComparer.Ordinal);
        var lifted = draft.NewMembers();
        lifted.Load(properties.Element);
        for (var i = 0; i < lifted.Count; i++)
        {
            var name = Encoding.UTF8.GetString(lifted[i].Name.Span);
            if (!atRoot.Contains(name))
            {
                draft.Root.Add(lifted[i]);
            }
            else if (!Metadata.Contains(name))
            {
                V1Metadata.Conflict(draft, "$.properties" + PathText.Step(name));
            }
        }
    }

    /// <summary>Calls in the manner of Segment have <c>properties</c> and <c>event</c> too, with names of their own inside.</summary>
    private static bool IsSegmentTrackCall(JsonTape tape) =>
        tape.Has(PayloadNames.MessageId) || (tape.Find(0, PayloadNames.Type) is var type and >= 0 && tape.Raw(type).Span.SequenceEqual("\"track\""u8));
}
