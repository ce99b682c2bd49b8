using System.Globalization;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Identity;

/// <summary>What an event is about, and what tells it from other events about the same thing. The two make its id.</summary>
/// <param name="BusinessId">The order, lead or account; without one the person and the time.</param>
/// <param name="Discriminator">Empty for the first event about it.</param>
internal readonly record struct BusinessKey(string BusinessId, string Discriminator)
{
    /// <summary>Null when the event says nothing that would be the same at its next delivery and different in other events.</summary>
    public static BusinessKey? Find(Draft draft, string eventName, string? personKey, long timestamp)
    {
        if ((draft.BusinessId ?? draft.Root.Id("id"u8)) is { } id)
        {
            return new BusinessKey(id, draft.Discriminator ?? Discriminate(draft, eventName, timestamp));
        }

        var person = personKey ?? (draft.Root.Open("user"u8)?.Text("consistent_anonymous_id"u8) is { Length: > 0 } anonymous ? "anonymous:" + anonymous : null);
        return person is null
            ? null
            : new BusinessKey(string.Create(CultureInfo.InvariantCulture, $"{person}{EventIds.Separator}{timestamp}"), draft.Discriminator ?? "");
    }

    private static string Discriminate(Draft draft, string eventName, long timestamp) => eventName switch
    {
        "purchase" => draft.Root.Text("status"u8) is { } status && (draft.IsUpdate || status != "in_progress") ? status : "",
        "refund" => string.Create(CultureInfo.InvariantCulture, $"{timestamp}{EventIds.Separator}{Amount(draft.Root)}"),
        _ => "",
    };

    /// <summary>The refunded amount, written the same for <c>50</c>, <c>50.00</c> and <c>5e1</c>.</summary>
    private static string Amount(Members root)
    {
        var amount = root.Lacks("value"u8) ? root.Raw("revenue"u8) : root.Raw("value"u8);
        return ExactDecimal.TryRead(amount, out var exact) ? exact.ToString("0.############################", CultureInfo.InvariantCulture) : "";
    }
}
