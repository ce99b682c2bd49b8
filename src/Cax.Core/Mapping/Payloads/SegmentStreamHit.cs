using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Payloads;

/// <summary>A hit as sent to the HTTP API of SegmentStream (CAX reference 10.2).</summary>
/// <remarks>This is no profile, because a profile names its events: a hit of any other name becomes a custom event in snake case here.</remarks>
internal sealed class SegmentStreamHit(EventNormaliser normaliser) : IPayloadConverter
{
    public string Shape => "a SegmentStream hit (an object under event, hitId)";

    public bool Recognises(JsonTape tape) =>
        !tape.Has(PayloadNames.EventName)
        && (tape.Has(PayloadNames.HitId) || (tape.Find(0, PayloadNames.Event) is var @event and >= 0 && tape.Find(@event, PayloadNames.Name) >= 0));

    public MapResult Convert(JsonElement payload, ReadOnlyMemory<byte> utf8, RecordOrigin origin)
    {
        if (Field(payload, "event"u8) is not { } @event || Text(@event, "name"u8) is not { } given || SegmentStreamNames.Event(given) is not { Length: > 0 } name)
        {
            const string Message = "A SegmentStream hit needs event.name, a text.";
            return MapResult.Parked(
                ReasonCodes.InvalidMessage, Message, [new(ReasonCodes.InvalidMessage, Events.Severity.Error, "$.event.name", Message)]);
        }

        var draft = Draft.Begin(utf8, origin.Source);
        var root = draft.Root;
        root.SetText("event_name"u8, name);
        draft.IsUpdate = given.Trim().Equals(SegmentStreamNames.Update, StringComparison.OrdinalIgnoreCase);
        if (Field(@event, "transaction"u8) is { } transaction)
        {
            SegmentStreamTransaction.Write(draft, name, transaction);
        }
        else if (Field(@event, "product"u8) is not null)
        {
            root.Build("items"u8, @event, static (output, line) => SegmentStreamTransaction.WriteItems(output, [line]));
        }

        if (name == "generate_lead")
        {
            root.SetText("method"u8, Text(@event, "label"u8) ?? "subscription");
        }

        SegmentStreamPeople.WriteUser(draft, payload, @event);
        WriteContext(draft, payload, origin);
        return normaliser.Finish(draft);
    }

    private static void WriteContext(Draft draft, JsonElement payload, RecordOrigin origin)
    {
        var context = draft.Root.OpenOrAdd("context"u8)!;
        if (payload.TryGetProperty("hitId"u8, out var hitId) && JsonText.Id(draft.ValueOf(hitId).Span) is { } id)
        {
            context.SetText("event_id"u8, id);
        }

        if (Text(payload, "sentAt"u8) is not { } sentAt)
        {
            context.SetNumber("event_timestamp"u8, origin.ReceivedAt.ToUnixTimeMilliseconds());
        }
        else if (IsoTime.TryParse(System.Text.Encoding.UTF8.GetBytes(sentAt), out var milliseconds))
        {
            context.SetNumber("event_timestamp"u8, milliseconds);
        }
        else
        {
            // Left for the validator, which says what is wrong with the time.
            context.SetText("event_timestamp"u8, sentAt);
        }

        context.OpenOrAdd("page"u8);
        var device = context.OpenOrAdd("device"u8)!;
        if (Field(payload, "context"u8) is { } given)
        {
            SegmentStreamPeople.WriteDevice(draft, device, given);
        }
    }

    /// <summary>An object under a name; null when there is none.</summary>
    internal static JsonElement? Field(JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>A text that is not blank; null when there is none.</summary>
    internal static string? Text(JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text
            && !string.IsNullOrWhiteSpace(text) ? text : null;
}
