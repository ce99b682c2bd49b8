using System.Text.Json;

namespace Cax.Simulator.Judging;

/// <summary><c>items</c> and their products (CAX reference 4.10 and 4.11), on every event that has them.</summary>
internal static class ItemRules
{
    private static readonly string[] ItemAmounts =
    [
        "quantity", "price", "discount", "value", "original_value", "cancelled_value", "cancelled_quantity", "returned_value",
        "returned_quantity",
    ];

    private static readonly string[] ItemTexts = ["variant", "affiliation", "coupon"];

    private static readonly string[] ProductTexts =
    [
        "category_1", "category_2", "category_3", "category_4", "category_5", "brand", "size",
    ];

    public static void Check(JsonElement? root, FindingList findings)
    {
        var items = root.Member("items");
        if (items.IsMissing()) return;
        if (items is not { ValueKind: JsonValueKind.Array } list)
        {
            findings.Malformed("items", "items", "must be an array", items);
            return;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray()) CheckItem(item, $"items[{index++}]", findings);
    }

    private static void CheckItem(JsonElement? item, string path, FindingList findings)
    {
        if (!item.IsObject())
        {
            findings.Malformed("item", path, "must be an object", item);
            return;
        }

        path += ".";
        item.ExpectText("id", path, required: true, findings);
        if (item.Member("quantity").IsMissing()) findings.Missing("required", path + "quantity", "is required");
        foreach (var amount in ItemAmounts) item.ExpectAmount(amount, path, findings);
        foreach (var text in ItemTexts) item.ExpectText(text, path, required: false, findings);
        CheckProduct(item.Member("product"), path + "product", findings);
    }

    private static void CheckProduct(JsonElement? product, string path, FindingList findings)
    {
        if (product.IsMissing())
        {
            findings.Missing("required", path, "is required", product);
            return;
        }

        if (!product.IsObject())
        {
            findings.Malformed("product", path, "must be an object", product);
            return;
        }

        path += ".";
        product.ExpectText("id", path, required: true, findings);
        product.ExpectText("name", path, required: true, findings);
        if (product.Member("price").IsMissing()) findings.Missing("required", path + "price", "is required");
        product.ExpectAmount("price", path, findings);
        foreach (var text in ProductTexts) product.ExpectText(text, path, required: false, findings);
    }
}
