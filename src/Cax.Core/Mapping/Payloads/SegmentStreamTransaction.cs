using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;
using static Cax.Core.Mapping.Payloads.SegmentStreamHit;

namespace Cax.Core.Mapping.Payloads;

/// <summary>The money and the head of a SegmentStream transaction (CAX reference 10.4).</summary>
internal static class SegmentStreamTransaction
{
    public static void Write(Draft draft, string eventName, JsonElement transaction)
    {
        var root = draft.Root;
        if (transaction.TryGetProperty("orderId"u8, out var orderId) && JsonText.Id(draft.ValueOf(orderId).Span) is { } id)
        {
            root.SetText("id"u8, id);
        }

        if (Text(transaction, "currency"u8) is { } currency)
        {
            root.SetText("currency"u8, currency.Trim().ToUpperInvariant());
        }

        WriteMoney(draft, transaction);
        WriteVouchers(draft, transaction);
        if (Text(transaction, "shippingMethod"u8) is { } shipping)
        {
            root.SetText(eventName == "add_shipping_info" ? "shipping_tier"u8 : "shipping_provider"u8, shipping);
        }

        if (eventName is "purchase" or "add_payment_info" && Text(transaction, "paymentMethod"u8) is { } payment)
        {
            root.SetText("payment_method"u8, payment);
        }

        if (eventName == "purchase")
        {
            root.SetText("status"u8, Text(transaction, "status"u8) is { } status ? SegmentStreamNames.Status(status) : "in_progress");
        }

        if (transaction.TryGetProperty("lineItems"u8, out var lines) && lines.ValueKind == JsonValueKind.Array)
        {
            root.Build("items"u8, lines, static (output, lines) => WriteItems(output, lines.EnumerateArray()));
        }
    }

    public static void WriteItems(JsonOutput output, IEnumerable<JsonElement> lines)
    {
        output.OpenArray();
        foreach (var line in lines)
        {
            SegmentStreamItem.Write(output, line);
        }

        output.CloseArray();
    }

    /// <summary>
    /// Revenue is the total without tax and shipping when all three are told. Otherwise it starts from the subtotal; a discount or a tax
    /// that is not told is then taken as none.
    /// </summary>
    private static void WriteMoney(Draft draft, JsonElement transaction)
    {
        var total = Amount(draft, transaction, "total"u8, "value"u8);
        var tax = Amount(draft, transaction, "tax"u8, "tax_amount"u8);
        var shipping = Amount(draft, transaction, "shippingCost"u8, "shipping_amount"u8);
        var discount = Amount(draft, transaction, "voucherDiscount"u8, "discount_value"u8);
        if (total is { } value && tax is { } taxes && shipping is { } freight && Amounts.TrySum(value, -taxes, -freight, out var revenue))
        {
            draft.Root.SetNumber("revenue"u8, revenue);
        }
        else if (Amount(draft, transaction, "subtotal"u8, default) is { } subtotal
            && Amounts.TrySum(subtotal, -(discount ?? 0), -(tax ?? 0), out var fallback))
        {
            draft.Root.SetNumber("revenue"u8, fallback);
        }
    }

    /// <summary>Copies an amount; one that is no exact number is copied as it is, for the validator to refuse.</summary>
    private static decimal? Amount(Draft draft, JsonElement transaction, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        if (!transaction.TryGetProperty(name, out var given) || draft.ValueOf(given) is var json && JsonText.IsNothing(json.Span))
        {
            return null;
        }

        var isExact = ExactDecimal.TryRead(json.Span, out var amount);
        if (!target.IsEmpty)
        {
            draft.Root.Set(target, isExact ? draft.NumberJson(amount) : json);
        }

        return isExact ? amount : null;
    }

    private static void WriteVouchers(Draft draft, JsonElement transaction)
    {
        if (!transaction.TryGetProperty("vouchers"u8, out var vouchers) || vouchers.ValueKind != JsonValueKind.Array || vouchers.GetArrayLength() == 0)
        {
            return;
        }

        if (vouchers[0].ValueKind == JsonValueKind.String)
        {
            draft.Root.Set("coupon"u8, draft.ValueOf(vouchers[0]));
        }

        if (vouchers.GetArrayLength() > 1)
        {
            draft.Root.Set("vouchers"u8, draft.ValueOf(vouchers));
        }
    }
}
