using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Messages;

/// <summary>The items of an order or refund (CAX reference 4.10 and 4.11).</summary>
internal static class MessageItems
{
    public static void Write(MessagePart owner, Members root, bool required)
    {
        var items = owner.Array("items"u8, required);
        if (items.ValueKind == JsonValueKind.Undefined)
        {
            return;
        }

        if (items.GetArrayLength() > 0)
        {
            root.Build("items"u8, (owner, items), static (output, state) => WriteAll(output, state.owner, state.items));
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
        output.Put("id"u8, item.Id("id"u8, required: true));
        WriteQuantity(output, item);
        output.Put("variant"u8, item.Text("variant"u8));
        output.Put("discount"u8, item.Amount("discount"u8));
        output.Put("coupon"u8, item.Text("coupon"u8));
        output.Put("affiliation"u8, item.Text("affiliation"u8));
        if (item.Object("product"u8, required: true) is { } product)
        {
            output.Name("product"u8);
            MessageProduct.Write(output, product);
        }

        output.CloseObject();
    }

    private static void WriteQuantity(JsonOutput output, MessagePart item)
    {
        var quantity = item.Get("quantity"u8);
        if (quantity.ValueKind == JsonValueKind.Number && ExactDecimal.TryParse(item.Draft.ValueOf(quantity).Span, out var exact))
        {
            output.Put("quantity"u8, exact);
        }
        else
        {
            item.Refuse("quantity"u8, "Is required: a number.");
        }
    }
}
