using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Messages;

/// <summary>The product of an item (CAX reference 4.11).</summary>
internal static class MessageProduct
{
    public static void Write(JsonOutput output, MessagePart product)
    {
        output.OpenObject();
        output.Put("id"u8, product.Id("id"u8, required: true));
        output.Put("name"u8, product.Text("name"u8, required: true));
        output.Put("price"u8, product.Amount("price"u8, required: true));
        output.Put("brand"u8, product.Text("brand"u8));
        output.Put("size"u8, product.Text("size"u8));
        WriteColors(output, product);
        WriteCategories(output, product);
        output.CloseObject();
    }

    private static void WriteColors(JsonOutput output, MessagePart product)
    {
        var colors = product.Array("colors"u8);
        if (colors.ValueKind == JsonValueKind.Array && AreTexts(product, "colors"u8, colors))
        {
            output.Name("colors"u8);
            output.Raw(product.Draft.ValueOf(colors).Span);
        }
    }

    private static void WriteCategories(JsonOutput output, MessagePart product)
    {
        var categories = product.Array("categories"u8);
        if (categories.ValueKind != JsonValueKind.Array || !AreTexts(product, "categories"u8, categories))
        {
            return;
        }

        var level = 0;
        foreach (var category in categories.EnumerateArray())
        {
            if (level == CategoryLevels.Names.Length)
            {
                product.Draft.Warn(ReasonCodes.InvalidMessage, product.At("categories"u8), "CAX knows five levels of categories; further ones were left out.");
                return;
            }

            output.Put(CategoryLevels.Names[level++], category.ValueEquals(""u8) ? null : category.GetString());
        }
    }

    private static bool AreTexts(MessagePart product, ReadOnlySpan<byte> name, JsonElement array)
    {
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.String)
            {
                product.Refuse(name, "Must hold texts only.");
                return false;
            }
        }

        return true;
    }
}
