using System.Text;
using Cax.Core.Events.Json;

namespace Cax.Core.Mapping.Messages;

/// <summary>What a sender adds under <c>custom</c> goes to the root of the event as it is (CAX reference 3.6), next to the members that CAX knows.</summary>
internal static class CustomMembers
{
    /// <summary>Names that mean something to CAX, or meant something in an earlier version.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "event_name", "id", "type", "status", "value", "revenue", "currency", "payment_method", "items", "coupon", "tax_amount", "shipping_amount",
        "shipping_provider", "discount_value", "method", "user", "context", "test_code", "batch", "properties", "event", "eventId", "event_id",
        "event_timestamp", "eventTimestamp", "page", "device", "app", "ts_override",
    };

    public static bool IsReserved(string name) => Reserved.Contains(name);

    public static void Write(MessagePart owner)
    {
        if (owner.Object("custom"u8) is not { } custom)
        {
            return;
        }

        var members = owner.Draft.NewMembers();
        members.Load(custom.Element);
        for (var i = 0; i < members.Count; i++)
        {
            var name = Encoding.UTF8.GetString(members[i].Name.Span);
            if (name.Length == 0 || IsReserved(name))
            {
                owner.Draft.Error(
                    ReasonCodes.InvalidMessage, custom.Path + PathText.Step(name), "This name has a meaning of its own in an event; choose another one.");
            }
            else
            {
                owner.Draft.Root.Add(members[i]);
            }
        }
    }
}
