using System.Runtime.InteropServices;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;
using static Cax.Core.Mapping.Payloads.SegmentStreamHit;

namespace Cax.Core.Mapping.Payloads;

/// <summary>
/// One line of a SegmentStream transaction. The unit price goes before the discount, the discount is per unit
/// (CAX reference 12.17); whether the prices hold tax is for the sender to know.
/// </summary>
internal static class SegmentStreamItem
{
    public static void Write(JsonOutput output, JsonElement line)
    {
        output.OpenObject();
        if (Field(line, "product"u8) is { } product)
        {
            CopyId(output, "id"u8, product.TryGetProperty("skuCode"u8, out var sku) && !IsNothing(sku) ? sku : Get(product, "id"u8));
            CopyNumber(output, "quantity"u8, Get(line, "quantity"u8));
            WriteDiscount(output, product);
            output.Name("product"u8);
            WriteProduct(output, product);
        }
        else if (line.ValueKind == JsonValueKind.Object)
        {
            CopyNumber(output, "quantity"u8, Get(line, "quantity"u8));
        }

        output.CloseObject();
    }

    private static void WriteProduct(JsonOutput output, JsonElement product)
    {
        output.OpenObject();
        CopyId(output, "id"u8, Get(product, "id"u8));
        CopyText(output, "name"u8, Get(product, "name"u8));
        CopyNumber(output, "price"u8, product.TryGetProperty("unitPrice"u8, out var price) ? price : Get(product, "unitSalePrice"u8));
        CopyText(output, "brand"u8, Get(product, "manufacturer"u8));
        CopyText(output, "size"u8, Get(product, "size"u8));
        if (Text(product, "color"u8) is { } color)
        {
            output.Name("colors"u8);
            output.OpenArray();
            output.Text(color);
            output.CloseArray();
        }

        WriteCategories(output, Get(product, "category"u8));
        output.CloseObject();
    }

    private static void WriteCategories(JsonOutput output, JsonElement categories)
    {
        if (categories.ValueKind == JsonValueKind.String)
        {
            CopyText(output, CategoryLevels.Names[0], categories);
        }
        else if (categories.ValueKind == JsonValueKind.Array)
        {
            for (var level = 0; level < Math.Min(CategoryLevels.Names.Length, categories.GetArrayLength()); level++)
            {
                CopyText(output, CategoryLevels.Names[level], categories[level]);
            }
        }
    }

    private static void WriteDiscount(JsonOutput output, JsonElement product)
    {
        if (TryNumber(Get(product, "unitPrice"u8), out var full) && TryNumber(Get(product, "unitSalePrice"u8), out var sale)
            && sale < full && Amounts.TrySum(full, -sale, 0, out var discount))
        {
            output.Name("discount"u8);
            output.Number(discount);
        }
    }

    private static void CopyId(JsonOutput output, ReadOnlySpan<byte> name, JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Undefined && JsonText.Id(JsonMarshal.GetRawUtf8Value(given)) is { } id)
        {
            output.Name(name);
            output.Text(id);
        }
    }

    private static void CopyText(JsonOutput output, ReadOnlySpan<byte> name, JsonElement given)
    {
        if (given.ValueKind == JsonValueKind.String && !IsNothing(given))
        {
            output.Name(name);
            output.Raw(JsonMarshal.GetRawUtf8Value(given));
        }
    }

    private static void CopyNumber(JsonOutput output, ReadOnlySpan<byte> name, JsonElement given)
    {
        if (IsNothing(given))
        {
            return;
        }

        output.Name(name);
        if (TryNumber(given, out var number))
        {
            output.Number(number);
        }
        else
        {
            output.Raw(JsonMarshal.GetRawUtf8Value(given));
        }
    }

    private static bool TryNumber(JsonElement given, out decimal number)
    {
        number = 0;
        return !IsNothing(given) && ExactDecimal.TryRead(JsonMarshal.GetRawUtf8Value(given), out number);
    }

    private static JsonElement Get(JsonElement parent, ReadOnlySpan<byte> name) => parent.TryGetProperty(name, out var value) ? value : default;

    private static bool IsNothing(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined || JsonText.IsNothing(JsonMarshal.GetRawUtf8Value(value));
}
