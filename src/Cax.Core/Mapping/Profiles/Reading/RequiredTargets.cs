using Cax.Core.Events;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>What an event cannot do without (CAX reference 4 and 5.1), apart from what the connector adds by itself.</summary>
internal static class RequiredTargets
{
    // One of them must say who it was, or the user has no id.
    private static readonly string[] People = ["user.id", "user.email", "user.email_sha256", "user.phone", "user.phone_sha256", "user.consistent_anonymous_id"];

    /// <summary>Those that an event does not set and that cannot be worked out either.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="set">The targets it sets, and its custom members.</param>
    public static IReadOnlyList<string> Lacking(string eventName, IReadOnlySet<string> set)
    {
        var lacking = new List<string>();
        var standard = StandardEvents.Find(eventName);
        foreach (var name in standard?.Required.Select(property => property.Name.Text) ?? [])
        {
            if (!set.Contains(name) && !Conversions.Adds(eventName, name) && !IsWorkedOut(eventName, name, set))
            {
                lacking.Add(name);
            }
        }

        if (!set.Contains("currency") && !lacking.Contains("currency") && (set.Contains("value") || set.Contains("revenue")))
        {
            lacking.Add("currency");
        }

        if (!set.Overlaps(People))
        {
            lacking.Add($"one of {Quoted.List(People)}");
        }

        return lacking;
    }

    /// <summary>Those that an item does not set.</summary>
    public static IReadOnlyList<string> LackingInItem(IReadOnlySet<string> set) => [.. ItemsPlan.Required.Where(name => !set.Contains(name))];

    private static bool IsWorkedOut(string eventName, string name, IReadOnlySet<string> set) =>
        Conversions.CompletesAmounts(eventName)
        && (name == "value" ? set.Contains("revenue") : name == "revenue" && set.Contains("value"))
        && set.Contains("tax_amount") && set.Contains("shipping_amount");
}
