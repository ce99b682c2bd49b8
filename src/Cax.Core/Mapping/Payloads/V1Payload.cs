using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Payloads;

/// <summary>
/// An event of CAX API 1.0 or of its predecessor of 2021 (CAX reference 6): properties move to the root, metadata into the context.
/// </summary>
internal sealed class V1Payload(EventNormaliser normaliser) : IPayloadConverter
{
    /// <summary>The names that mean metadata at the root, so that one in <c>properties</c> gives way to it.</summary>
    private static readonly HashSet<string> Metadata = new(StringComparer.Ordinal)
    {
        "event_name", "event", "event_id", "eventId", "event_timestamp", "eventTimestamp", "page", "device", "app",
    };

    public string Shape => "a CAX event of version 1 (properties, or a text under event)";

    public bool Recognises(JsonElement payload)
    {
        if (payload.TryGetProperty("event_name"u8, out _) || payload.TryGetProperty("eventId"u8, out _))
        {
            return HasKind(payload, "properties"u8, JsonValueKind.Object) || payload.TryGetProperty("eventId"u8, out _);
        }

        return (HasKind(payload, "properties"u8, JsonValueKind.Object) || HasKind(payload, "event"u8, JsonValueKind.String))
            && !IsSegmentTrackCall(payload);
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

        MoveIntoContext(draft);
        if (draft.Root.Raw("version"u8).SequenceEqual("1"u8))
        {
            draft.Root.Remove("version"u8);
        }

        RenameDetails(draft.Root);
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
                Conflict(draft, JsonPaths.Member("$.properties", name));
            }
        }
    }

    private static void MoveIntoContext(Draft draft)
    {
        Move(draft, "event_id"u8, "event_id"u8);
        Move(draft, "eventId"u8, "event_id"u8);
        Move(draft, "event_timestamp"u8, "event_timestamp"u8);
        Move(draft, "eventTimestamp"u8, "event_timestamp"u8);
        Move(draft, "page"u8, "page"u8);
        Move(draft, "device"u8, "device"u8);
        Move(draft, "app"u8, "app"u8);
    }

    private static void Move(Draft draft, ReadOnlySpan<byte> name, ReadOnlySpan<byte> contextName)
    {
        if (!draft.Root.Has(name) || draft.Root.OpenOrAdd("context"u8) is not { } context)
        {
            return;
        }

        draft.Root.Take(name, out var member);
        if (context.Lacks(contextName))
        {
            context.Remove(contextName);
            context.Add(member with { Name = draft.Keep(contextName) });
        }
        else if (!context.Raw(contextName).SequenceEqual(member.Value.Span))
        {
            Conflict(draft, "$." + Encoding.UTF8.GetString(name));
        }
    }

    private static void RenameDetails(Members root)
    {
        if (root.Open("context"u8) is { } context)
        {
            RenameUnlessThere(context.Open("device"u8), "userAgent"u8, "user_agent"u8);
            RenameUnlessThere(context.Open("device"u8), "cookies"u8, "cookie"u8);
            if (context.Open("page"u8) is { } page && page.Text("location"u8) is not null)
            {
                RenameUnlessThere(page, "location"u8, "url"u8);
            }
        }

        IdAsText(root);
        if (root.Open("user"u8) is { } user)
        {
            IdAsText(user);
        }
    }

    private static void RenameUnlessThere(Members? members, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        if (members is not null && !members.Has(to))
        {
            members.Rename(from, to);
        }
    }

    /// <summary>Version 1 wrote ids as numbers too (CAX reference 12.24).</summary>
    private static void IdAsText(Members members)
    {
        if (JsonText.Kind(members.Raw("id"u8)) == JsonValueKind.Number && members.Id("id"u8) is { } id)
        {
            members.SetText("id"u8, id);
        }
    }

    private static void Conflict(Draft draft, string path) =>
        draft.Error(ReasonCodes.InvalidMessage, path, "The same name stands in a second place with another meaning or value. Send it once.");

    /// <summary>Calls in the manner of Segment have <c>properties</c> and <c>event</c> too, with names of their own inside.</summary>
    private static bool IsSegmentTrackCall(JsonElement payload) =>
        payload.TryGetProperty("messageId"u8, out _)
        || (payload.TryGetProperty("type"u8, out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("track"u8));

    private static bool HasKind(JsonElement payload, ReadOnlySpan<byte> name, JsonValueKind kind) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == kind;
}
