using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX032 and CAX033: the currency of the event and of its products (CAX reference 4.8).</summary>
internal static class CurrencyRules
{
    private const string Name = "currency";

    /// <returns>The currency; null when there is none that can be used.</returns>
    public static string? OfEvent(JsonElement root, StandardEvent? standard, Place place, EventFindings findings)
    {
        if (!root.TryGet("currency"u8, out var currency) || (standard?.Requires(Name) == true && !currency.IsText()))
        {
            return null;
        }

        return Code(currency, place, findings);
    }

    /// <param name="product">The object <c>product</c> of an item.</param>
    /// <param name="place">The place of the product.</param>
    /// <param name="expected">The currency of the event, or of the first product that has one.</param>
    /// <param name="findings">Where findings go.</param>
    public static void OfProduct(JsonElement product, Place place, ref string? expected, EventFindings findings)
    {
        if (!product.TryGet("currency"u8, out var currency) || Code(currency, place, findings) is not { } code)
        {
            return;
        }

        expected ??= code;
        if (code != expected)
        {
            findings.Error(
                "CAX033", place.Of(Name),
                "currency differs from that of the event or of another product; one event has one currency");
        }
    }

    private static string? Code(JsonElement currency, Place place, EventFindings findings)
    {
        if (currency.ValueKind == JsonValueKind.String)
        {
            var text = currency.Utf8Text();
            if (text.Length == 3 && !text.ContainsAnyExceptInRange((byte)'A', (byte)'Z'))
            {
                return currency.GetString();
            }
        }

        findings.Error("CAX032", place.Of(Name), "currency must be three upper-case letters (ISO 4217), such as EUR");
        return null;
    }
}
