using System.Text.Json;

namespace Cax.Simulator.Judging;

/// <summary>
/// Amounts and currencies (CAX reference 4.8), whatever the event is called: standard names keep their meaning in custom events.
/// </summary>
internal static class MoneyRules
{
    private static readonly string[] Amounts =
    [
        "value", "revenue", "tax_amount", "shipping_amount", "discount_value", "original_value", "original_revenue", "original_tax_amount",
        "returned_value", "returned_quantity", "cancelled_value", "cancelled_quantity",
    ];

    public static void Check(JsonElement? root, FindingList findings)
    {
        foreach (var amount in Amounts) root.ExpectAmount(amount, "", findings);
        var currency = root.Member("currency");
        if (!currency.IsMissing()) CheckCode(currency, "currency", findings);
        else if (!root.Member("value").IsMissing() || !root.Member("revenue").IsMissing())
            findings.Missing("currency_needed", "currency", "is required with value or revenue", currency);
        CheckProducts(root, currency.Text(), findings);
    }

    private static void CheckProducts(JsonElement? root, string? first, FindingList findings)
    {
        if (root.Member("items") is not { ValueKind: JsonValueKind.Array } items) return;
        var index = -1;
        foreach (var item in items.EnumerateArray())
        {
            index++;
            var currency = ((JsonElement?)item).Member("product").Member("currency");
            if (currency.IsMissing()) continue;
            var path = $"items[{index}].product.currency";
            CheckCode(currency, path, findings);
            first ??= currency.Text();
            if (currency.Text() is { } code && code != first)
                findings.Malformed("one_currency", path, "must be the currency of the event", currency);
        }
    }

    private static void CheckCode(JsonElement? currency, string path, FindingList findings)
    {
        if (currency.Text() is not { Length: 3 } code || !code.All(char.IsAsciiLetterUpper))
            findings.Malformed("currency_code", path, "must be 3 upper-case letters", currency);
    }
}
