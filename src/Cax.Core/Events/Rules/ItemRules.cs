using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX038 and CAX039, and the amounts and currencies inside of items (CAX reference 4.10 and 4.11).</summary>
internal static class ItemRules
{
    private static readonly JsonName Id = new("id");
    private static readonly JsonName Name = new("name");
    private static readonly JsonName Quantity = new("quantity");
    private static readonly JsonName Price = new("price");

    private static readonly JsonName[] Amounts =
    [
        Quantity, Price, new("discount"), new("list_position"), new("value"), new("original_value"),
        new("returned_value"), new("returned_quantity"), new("cancelled_value"), new("cancelled_quantity"),
    ];

    /// <param name="root">The event.</param>
    /// <param name="standard">The standard event, if it is one.</param>
    /// <param name="currency">The currency of the event, if it has a proper one.</param>
    /// <param name="place">The place of the event.</param>
    /// <param name="findings">Where findings go.</param>
    public static void Check(JsonElement root, StandardEvent? standard, string? currency, Place place, EventFindings findings)
    {
        if (!root.TryGet("items"u8, out var items))
        {
            return;
        }

        var isRequired = standard?.Requires("items") == true;
        if (items.ValueKind != JsonValueKind.Array)
        {
            if (!isRequired)
            {
                findings.Error("CAX030", place.Of("items"), "items must be an array of items; leave it out when there are none");
            }

            return;
        }

        CheckCount(items.GetArrayLength(), isRequired, standard, place, findings);
        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            CheckItem(item, place.Member("items").Element(index), ref currency, findings);
            index++;
        }
    }

    private static void CheckCount(int count, bool isRequired, StandardEvent? standard, Place place, EventFindings findings)
    {
        if (count > 0 && standard?.Is("select_item") == true)
        {
            if (count > 1)
            {
                findings.Warning(
                    "CAX038", place.Of("items"),
                    "items of select_item should hold exactly one item, the one that was selected");
            }
        }
        else if (isRequired && count == 0)
        {
            findings.Error("CAX038", place.Of("items"), $"items is empty; {standard!.Name.Text} requires at least one item");
        }
    }

    private static void CheckItem(JsonElement item, Place place, ref string? currency, EventFindings findings)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            findings.Error("CAX039", place.ToString(), "an item must be an object with id, quantity and product");
            return;
        }

        RequireText(item, Id, place, findings);
        if (!item.TryGet(Quantity.Utf8, out _))
        {
            findings.Error("CAX039", place.Of(Quantity.Text), "quantity is missing; send a number");
        }

        foreach (var name in Amounts)
        {
            AmountRule.Judge(item, name, typeIsJudged: false, place, findings);
        }

        if (!item.TryGet("product"u8, out var product) || product.ValueKind != JsonValueKind.Object)
        {
            findings.Error("CAX039", place.Of("product"), "product is missing or no object; send one with id, name and price");
            return;
        }

        var inProduct = place.Member("product");
        RequireText(product, Id, inProduct, findings);
        RequireText(product, Name, inProduct, findings);
        CheckPrice(product, inProduct, findings);
        CurrencyRules.OfProduct(product, inProduct, ref currency, findings);
    }

    private static void RequireText(JsonElement owner, JsonName name, Place place, EventFindings findings)
    {
        if (!owner.TryGet(name.Utf8, out var value) || !value.IsText())
        {
            findings.Error("CAX039", place.Of(name.Text), $"{name.Text} is missing or no text; send a text that is not empty, in quotes");
        }
    }

    // The vendor's own samples leave the price out, so its absence is the one thing here whose severity is a choice.
    private static void CheckPrice(JsonElement product, Place place, EventFindings findings)
    {
        if (!product.TryGet(Price.Utf8, out _))
        {
            findings.Adjustable("CAX039", place.Of(Price.Text), "price is missing; send the price of one unit before discount and taxes");
        }

        AmountRule.Judge(product, Price, typeIsJudged: false, place, findings);
    }
}
