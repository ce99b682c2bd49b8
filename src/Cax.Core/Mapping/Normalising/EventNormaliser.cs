using Cax.Core.Events;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Identity;

namespace Cax.Core.Mapping.Normalising;

/// <summary>The last step of every shape: brings a draft into the form CAX takes, gives it an id and writes it down.</summary>
internal sealed class EventNormaliser(MappingOptions options)
{
    private readonly People _people = new(options.Identity);

    public MapResult Finish(Draft draft)
    {
        var result = Normalise(draft);
        draft.End();
        return result;
    }

    private MapResult Normalise(Draft draft)
    {
        var settings = options.For(draft.Source);
        if (EventNames.Read(draft.Root.Utf8("event_name"u8)) is not { Length: > 0 } name)
        {
            draft.Error(ReasonCodes.InvalidMessage, "$.event_name", "The event needs a name, as a text.");
            return Park(draft, ReasonCodes.InvalidMessage, "The event has no event_name.");
        }

        var timestamp = Timestamps.Normalise(draft);
        Conversions.Normalise(draft, name, settings.DefaultType);
        if (!ConsentRules.Apply(draft, settings.Consent))
        {
            return Park(
                draft, ReasonCodes.ConsentUnknown,
                "Nothing says what the person consented to. Send the consent, or set Cax__Consent__Policy to configured or omit.");
        }

        var personKey = IsComplete(draft.Root) ? default : PersonKeys.Find(draft, draft.Root.Open("user"u8)).Span;
        if (!TryGiveId(draft, name, personKey, timestamp, out var id, out var supplied))
        {
            return Park(draft, ReasonCodes.InvalidMessage, draft.Findings[^1].Message);
        }

        _people.Complete(draft, personKey);
        var findings = draft.Findings;
        return MapResult.Mapped(new CaxEvent(name, id, supplied, timestamp, draft.ToBytes(options.MaxEventBytes)), findings);
    }

    /// <summary>Whether the sender gave both ids, so that nobody need be identified.</summary>
    private static bool IsComplete(Members root) =>
        root.Open("user"u8)?.Lacks("consistent_anonymous_id"u8) == false && root.Open("context"u8)?.Lacks("event_id"u8) == false;

    private static bool TryGiveId(Draft draft, string name, ReadOnlySpan<byte> personKey, long timestamp, out string id, out bool supplied)
    {
        id = "";
        supplied = false;
        if (draft.Root.OpenOrAdd("context"u8) is not { } context)
        {
            draft.Error(ReasonCodes.InvalidMessage, "$.context", "The context must be an object.");
            return false;
        }

        if (context.Lacks("event_id"u8) && !context.Lacks("eventId"u8))
        {
            context.Remove("event_id"u8);
            context.Rename("eventId"u8, "event_id"u8);
        }

        supplied = !context.Lacks("event_id"u8);
        if (supplied)
        {
            id = context.Id("event_id"u8) ?? "";
            if (id.Length == 0)
            {
                draft.Error("CAX010", "$.context.event_id", "The event id must be a text.");
            }

            return id.Length > 0;
        }

        EventIds.Begin(draft.Scratch, draft.Source, name);
        if (!BusinessKey.TryAppend(draft.Scratch, draft, name, personKey, timestamp))
        {
            draft.Error(
                ReasonCodes.InvalidMessage, "$.context.event_id",
                "Cannot derive an event id: the event has neither event_id nor id, and nothing identifies the person.");
            return false;
        }

        id = EventIds.Finish(draft.Scratch);
        context.SetText("event_id"u8, id);
        return true;
    }

    private static MapResult Park(Draft draft, string reason, string detail) => MapResult.Parked(reason, detail, draft.Findings);
}
