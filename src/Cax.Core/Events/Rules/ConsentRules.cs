using System.Globalization;
using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>
/// CAX023 and CAX024: the categories the person has granted, if they are told (CAX reference 12.2). Whether they may be absent is a
/// question of the consent policy, not of the event.
/// </summary>
internal static class ConsentRules
{
    private const string Name = "consent_categories";

    public static void Check(JsonElement user, bool asNumbers, Place inUser, EventFindings findings)
    {
        // A null is no absence here: it says something about consent, and nobody can tell what.
        if (!user.TryGetProperty("consent_categories"u8, out var categories))
        {
            return;
        }

        if (categories.ValueKind != JsonValueKind.Array)
        {
            findings.Error("CAX023", inUser.Of(Name), "consent_categories must be an array of the categories the person has granted");
            return;
        }

        if (categories.GetArrayLength() == 0)
        {
            findings.Warning(
                "CAX024", inUser.Of(Name),
                "consent_categories is empty, so no destination that filters on consent gets the event");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var category in categories.EnumerateArray())
        {
            if (!IsCategory(category, asNumbers))
            {
                findings.Error("CAX023", Element(inUser.Of(Name), index), asNumbers
                    ? "a consent category must be a whole number without quotes"
                    : "a consent category must be a text that is not empty, in quotes");
            }
            else if (!seen.Add(asNumbers ? category.GetRawText() : category.GetString()!))
            {
                findings.Error("CAX023", Element(inUser.Of(Name), index), "this consent category stands in the list twice; name it once");
            }

            index++;
        }
    }

    private static bool IsCategory(JsonElement category, bool asNumbers) => asNumbers
        ? category.ValueKind == JsonValueKind.Number && category.TryGetInt64(out _)
        : category.IsText();

    private static string Element(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
