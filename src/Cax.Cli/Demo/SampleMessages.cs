using System.Globalization;
using System.Text.Json.Nodes;

namespace Cax.Cli.Demo;

/// <summary>The connector's own messages of the sample.</summary>
internal sealed class SampleMessages(SampleShop shop)
{
    public JsonObject Placed(int number) => Message("order.placed", number, shop.Time(number), "order", shop.Order(number));

    public JsonObject Updated(int number)
    {
        var order = shop.Order(number);
        order["status"] = "shipped";
        return Message("order.updated", number, shop.Time(number).AddHours(5), "order", order);
    }

    public JsonObject Cancelled(int number) => Message("order.cancelled", number, shop.Time(number).AddHours(6), "order", shop.Order(number));

    /// <summary>Every second refund is a partial one, with the items that came back.</summary>
    public JsonObject Refunded(int number)
    {
        var refund = new JsonObject
        {
            ["id"] = FormattableString.Invariant($"RF-{number}"),
            ["orderId"] = SampleShop.OrderId(number),
            ["currency"] = "EUR",
            ["value"] = "36.00",
            ["revenue"] = "30.00",
            ["tax"] = "6.00",
            ["shipping"] = "0.00",
        };
        if (number % 2 == 0)
        {
            refund["items"] = new JsonArray(new JsonObject
            {
                ["id"] = "SKU-88",
                ["quantity"] = 1,
                ["product"] = new JsonObject { ["id"] = "88", ["name"] = "Linen shirt", ["price"] = "30.00" },
            });
        }

        return Message("order.refunded", number, shop.Time(number).AddHours(20), "refund", refund);
    }

    public JsonObject Lead(int number) => Message("lead.created", number, shop.Time(number), "lead", new JsonObject
    {
        ["id"] = FormattableString.Invariant($"LEAD-{number}"),
        ["method"] = "quote_form",
        ["value"] = 100 + shop.Below(400),
        ["currency"] = "EUR",
    });

    public JsonObject Account(int number) => Message("account.created", number, shop.Time(number), "account", new JsonObject
    {
        ["id"] = FormattableString.Invariant($"A-{number}"),
        ["method"] = "email",
    });

    private static JsonObject Message(string type, int number, DateTimeOffset time, string part, JsonObject content) => new()
    {
        ["type"] = type,
        ["version"] = 1,
        ["source"] = "demo-shop",
        ["occurredAt"] = time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        [part] = content,
        ["customer"] = SampleShop.Customer(number),
        ["consent"] = new JsonObject { ["categories"] = new JsonArray("1", "3") },
    };
}
