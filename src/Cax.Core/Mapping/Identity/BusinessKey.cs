using System.Buffers.Text;
using System.Globalization;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Identity;

/// <summary>
/// What an event is about (the order, lead or account; without one the person and the time), and what tells it from other events about
/// the same thing. The two make its id.
/// </summary>
internal static class BusinessKey
{
    private const int LongestNumber = 32;

    /// <summary>
    /// Appends business id, separator and discriminator to a name. False when the event says nothing that would be the same at its next
    /// delivery and different in other events.
    /// </summary>
    public static bool TryAppend(ByteBuffer name, Draft draft, string eventName, ReadOnlySpan<byte> personKey, long timestamp)
    {
        var id = draft.BusinessId.IsEmpty ? draft.Root.Utf8Id("id"u8) : draft.BusinessId.Span;
        if (!id.IsEmpty)
        {
            name.Append(id);
            name.Append(EventIds.Separator);
            if (draft.Discriminator is { } discriminator)
            {
                name.Append(discriminator.Span);
            }
            else
            {
                AppendDiscriminator(name, draft, eventName, timestamp);
            }

            return true;
        }

        if (!TryAppendPerson(name, draft, personKey))
        {
            return false;
        }

        name.Append(EventIds.Separator);
        Append(name, timestamp);
        name.Append(EventIds.Separator);
        name.Append(draft.Discriminator.GetValueOrDefault().Span);
        return true;
    }

    private static bool TryAppendPerson(ByteBuffer name, Draft draft, ReadOnlySpan<byte> personKey)
    {
        if (!personKey.IsEmpty)
        {
            name.Append(personKey);
            return true;
        }

        if (draft.Root.Open("user"u8) is not { } user || user.Utf8("consistent_anonymous_id"u8) is not { IsEmpty: false } anonymous)
        {
            return false;
        }

        name.Append("anonymous:"u8);
        name.Append(anonymous);
        return true;
    }

    private static void AppendDiscriminator(ByteBuffer name, Draft draft, string eventName, long timestamp)
    {
        if (eventName == "purchase")
        {
            var status = draft.Root.Utf8("status"u8);
            if (draft.IsUpdate || !status.SequenceEqual("in_progress"u8))
            {
                name.Append(status);
            }
        }
        else if (eventName == "refund")
        {
            Append(name, timestamp);
            name.Append(EventIds.Separator);
            AppendAmount(name, draft.Root);
        }
    }

    /// <summary>The refunded amount, written the same for <c>50</c>, <c>50.00</c> and <c>5e1</c>.</summary>
    private static void AppendAmount(ByteBuffer name, Members root)
    {
        if (ExactDecimal.TryRead(root.Lacks("value"u8) ? root.Raw("revenue"u8) : root.Raw("value"u8), out var exact))
        {
            exact.TryFormat(name.Room(LongestNumber), out var length, "0.############################", CultureInfo.InvariantCulture);
            name.Advance(length);
        }
    }

    private static void Append(ByteBuffer name, long number)
    {
        Utf8Formatter.TryFormat(number, name.Room(LongestNumber), out var length);
        name.Advance(length);
    }
}
