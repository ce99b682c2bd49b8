using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX034: an amount, price or quantity is a JSON number that a decimal can hold, and not negative.</summary>
internal static class AmountRule
{
    private const string Code = "CAX034";

    /// <summary>Judges one property. With <paramref name="typeIsJudged"/>, another rule says so when it is no number at all.</summary>
    /// <returns>The amount; null when it is missing or none.</returns>
    public static decimal? Judge(JsonElement owner, JsonName name, bool typeIsJudged, Place place, EventFindings findings)
    {
        if (!owner.TryGet(name.Utf8, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            if (!typeIsJudged)
            {
                findings.Error(Code, place.Of(name.Text), $"{name.Text} must be a JSON number without quotes, such as 12.50");
            }

            return null;
        }

        if (!value.TryGetDecimal(out var amount))
        {
            findings.Error(Code, place.Of(name.Text), $"{name.Text} is too large for an amount; send a number of at most 28 digits");
            return null;
        }

        if (amount < 0)
        {
            findings.Adjustable(Code, place.Of(name.Text), $"{name.Text} is negative; amounts are positive, also those of a refund");
        }

        return amount;
    }
}
