using System.Text;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Payloads;

/// <summary>Brings what version 1 had at the root, or called otherwise, to its place in version 2 (CAX reference 6).</summary>
internal static class V1Metadata
{
    public static void MoveIntoContext(Draft draft)
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

    public static void RenameDetails(Members root)
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

        NumericIds.Normalise(root);
    }

    private static void RenameUnlessThere(Members? members, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        if (members is not null && !members.Has(to))
        {
            members.Rename(from, to);
        }
    }

    public static void Conflict(Draft draft, string path) =>
        draft.Error(ReasonCodes.InvalidMessage, path, "The same name stands in a second place with another meaning or value. Send it once.");
}
