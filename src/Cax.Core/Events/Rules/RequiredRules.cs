using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX030: what a standard event requires is there and of the right type.</summary>
internal static class RequiredRules
{
    public static void Check(JsonElement root, StandardEvent standard, Place place, EventFindings findings)
    {
        foreach (var required in standard.Required)
        {
            var name = required.Name.Text;
            if (!root.TryGet(required.Name.Utf8, out var value))
            {
                // An amount without its currency is one mistake, and CAX031 tells it better.
                if (name != "currency" || !MoneyRules.HasAmount(root))
                {
                    findings.Error("CAX030", place.Of(name), $"{name} is missing; {standard.Name.Text} requires it");
                }
            }
            else if (!Fits(value, required.Form))
            {
                findings.Error("CAX030", place.Of(name), $"{name} must be {Expected(required.Form)}");
            }
        }
    }

    private static bool Fits(JsonElement value, PropertyForm form) => form switch
    {
        PropertyForm.Number => value.ValueKind == JsonValueKind.Number,
        PropertyForm.Items => value.ValueKind == JsonValueKind.Array,
        _ => value.IsText(),
    };

    private static string Expected(PropertyForm form) => form switch
    {
        PropertyForm.Number => "a JSON number without quotes, such as 12.50",
        PropertyForm.Items => "an array of items",
        _ => "a text that is not empty, in quotes",
    };
}
