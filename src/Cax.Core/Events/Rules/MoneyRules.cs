using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX031, CAX034 and CAX035 for the amounts of the event itself (CAX reference 4.8).</summary>
internal static class MoneyRules
{
    private const decimal Tolerance = 0.01m;

    // Far above any order, and far enough below the largest decimal that adding three of them cannot overflow.
    private const decimal LargestAdded = 1e27m;

    private static readonly JsonName Value = new("value");
    private static readonly JsonName Revenue = new("revenue");
    private static readonly JsonName Tax = new("tax_amount");
    private static readonly JsonName Shipping = new("shipping_amount");

    private static readonly JsonName[] OtherAmounts =
    [
        new("discount_value"), new("original_value"), new("original_revenue"), new("original_tax_amount"),
        new("returned_value"), new("returned_quantity"), new("cancelled_value"), new("cancelled_quantity"),
    ];

    public static bool HasAmount(JsonElement root) => root.TryGet(Revenue.Utf8, out _) || root.TryGet(Value.Utf8, out _);

    public static void Check(JsonElement root, StandardEvent? standard, Place place, EventFindings findings)
    {
        if (HasAmount(root) && !root.TryGet("currency"u8, out _))
        {
            findings.Error("CAX031", place.Of("currency"), "currency is missing; revenue and value need one, such as EUR");
        }

        var value = Judge(Value);
        var revenue = Judge(Revenue);
        var tax = Judge(Tax);
        var shipping = Judge(Shipping);
        foreach (var name in OtherAmounts)
        {
            Judge(name);
        }

        // Only the conversions have these two in their tables; elsewhere their absence says nothing about the sum.
        var isSumTold = tax is not null || shipping is not null || standard?.Is("purchase") == true || standard?.Is("refund") == true;
        if (isSumTold && !IsUnreadable(tax, Tax) && !IsUnreadable(shipping, Shipping)
            && value is { } whole && revenue is { } net && !IsSum(whole, net, tax ?? 0, shipping ?? 0))
        {
            findings.Warning(
                "CAX035", place.Of("value"),
                "value differs from revenue + shipping_amount + tax_amount by more than 0.01; value includes both, revenue neither");
        }

        // Such an amount has its finding already; to count it as zero would earn a second one.
        bool IsUnreadable(decimal? amount, JsonName name) => amount is null && root.TryGet(name.Utf8, out _);

        decimal? Judge(JsonName name) => AmountRule.Judge(root, name, standard?.Requires(name.Text) == true, place, findings);
    }

    private static bool IsSum(decimal value, decimal revenue, decimal tax, decimal shipping) =>
        !IsAddable(value) || !IsAddable(revenue) || !IsAddable(tax) || !IsAddable(shipping)
        || Math.Abs(value - (revenue + shipping + tax)) <= Tolerance;

    private static bool IsAddable(decimal amount) => Math.Abs(amount) <= LargestAdded;
}
