using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Messages;

/// <summary>The items of an order or refund (CAX reference 4.10 and 4.11).</summary>
internal static class MessageItems
{
    private static readonly byte[][] CategoryNames =
        ["category_1"u8.ToArray(), "category_2"u8.ToArray(), "category_3"u8.ToArray(), "category_4"u8.ToArray(), "category_5"u8.ToArray()];

    public static void Write(MessagePart owner, Members root, bool required)
    {
        var items = owner.Array("items"u8, required);
        if (items.ValueKind == JsonValueKind.Undefined)
        {
            return;
        }

        if (items.GetArrayLength() > 0)
        {
            root.Set("items"u8, owner.Draft.Build((owner, items), static (output, state) => WriteAll(output, state.owner, state.items)));
        }
        else if (required)
        {
            owner.Refuse("items"u8, "Must hold at least one item.");
        }
    }

    private static void WriteAll(JsonOutput output, MessagePart owner, JsonElement items)
    {
        var position = 0;
        var path = owner.Path + ".items";
        output.OpenArray();
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                WriteItem(output, new MessagePart(owner.Draft, item, path, position));
            }
            else
            {
                owner.Draft.Error(ReasonCodes.InvalidMessage, FormattableString.Invariant($"{path}[{position}]"), "Must be an object.");
            }

            position++;
        }

        output.CloseArray();
    }

    private static void WriteItem(JsonOutput output, MessagePart item)
    {
        output.OpenObject();
        Put(output, "id"u8, item.Id("id"u8, required: true));
        WriteQuantity(output, item);
        Put(output, "variant"u8, item.Text("variant"u8));
        Put(output, "discount"u8, item.Amount("discount"u8));
        Put(output, "coupon"u8, item.Text("coupon"u8));
        Put(output, "affiliation"u8, item.Text("affiliation"u8));
        if (item.Object("product"u8, required: true) is { } product)
        {
            output.Name("product"u8);
            WriteProduct(output, product);
        }

        output.CloseObject();
    }

    private static void WriteQuantity(JsonOutput output, MessagePart item)
    {
        var quantity = item.Get("quantity"u8);
        if (quantity.ValueKind == JsonValueKind.Number && ExactDecimal.TryParse(item.Draft.ValueOf(quantity).Span, out var exact))
        {
            Put(output, "quantity"u8, exact);
        }
        else
        {
            item.Refuse("quantity"u8, "Is required: a number.");
        }
    }

    private static void WriteProduct(JsonOutput output, MessagePart product)
    {
        output.OpenObject();
        Put(output, "id"u8, product.Id("id"u8, required: true));
        Put(output, "name"u8, product.Text("name"u8, required: true));
        Put(output, "price"u8, product.Amount("price"u8, required: true));
        Put(output, "brand"u8, product.Text("brand"u8));
        Put(output, "size"u8, product.Text("size"u8));
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
            if (level == CategoryNames.Length)
            {
                product.Draft.Warn(ReasonCodes.InvalidMessage, product.At("categories"u8), "CAX knows five levels of categories; further ones were left out.");
                return;
            }

            output.Name(CategoryNames[level++]);
            output.Raw(product.Draft.ValueOf(category).Span);
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

    private static void Put(JsonOutput output, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            output.Name(name);
            output.Text(Encoding.UTF8.GetBytes(text));
        }
    }

    private static void Put(JsonOutput output, ReadOnlySpan<byte> name, decimal? amount)
    {
        if (amount is { } number)
        {
            output.Name(name);
            output.Number(number);
        }
    }
}
