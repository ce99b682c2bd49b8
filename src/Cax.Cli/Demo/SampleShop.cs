using System.Globalization;
using System.Text.Json.Nodes;

namespace Cax.Cli.Demo;

/// <summary>An invented shop: its goods, its customers, its orders. The same seed gives the same shop.</summary>
internal sealed class SampleShop(DateTimeOffset now)
{
    private const int Seed = 20_931;

    private static readonly (string Id, string Name, decimal Price, string Category)[] Goods =
    [
        ("88", "Linen shirt", 30.00m, "Clothing"),
        ("89", "Straw hat", 24.50m, "Clothing"),
        ("90", "Été teapot", 42.90m, "Kitchen"),
        ("91", "Grüner Krug", 18.00m, "Kitchen"),
        ("92", "Wool blanket 🐑", 79.00m, "Home"),
        ("93", "Candle", 6.40m, "Home"),
    ];

    private static readonly string[] Payments = ["card", "cod", "online_payment_system", "by_bank_transfer_in_advance"];

#pragma warning disable CA5394 // Chance that can be repeated is the point here.
    private readonly Random _chance = new(Seed);
#pragma warning restore CA5394

    /// <summary>A time some days ago.</summary>
    public DateTimeOffset Time(int number) => now.AddDays(-3).AddSeconds(number * 40 % 170_000);

    public static string OrderId(int number) => FormattableString.Invariant($"ORD-{20_000 + number}");

    /// <summary>A number from 0 on.</summary>
    public int Below(int limit)
    {
#pragma warning disable CA5394 // As above.
        return _chance.Next(limit);
#pragma warning restore CA5394
    }

    /// <summary>What an order of the connector's own message says: prices as texts, as careful senders write them.</summary>
    public JsonObject Order(int number)
    {
        var items = new JsonArray();
        var revenue = 0m;
        for (var i = 0; i <= Below(3); i++)
        {
            var (id, name, price, category) = Goods[Below(Goods.Length)];
            var quantity = 1 + Below(3);
            revenue += quantity * price;
            items.Add((JsonNode)new JsonObject
            {
                ["id"] = "SKU-" + id,
                ["quantity"] = quantity,
                ["product"] = new JsonObject { ["id"] = id, ["name"] = name, ["price"] = Amount(price), ["categories"] = new JsonArray(category) },
            });
        }

        var tax = Math.Round(revenue / 5, 2);
        return new JsonObject
        {
            ["id"] = OrderId(number),
            ["currency"] = "EUR",
            ["value"] = Amount(revenue + tax + 4.90m),
            ["revenue"] = Amount(revenue),
            ["tax"] = Amount(tax),
            ["shipping"] = "4.90",
            ["paymentMethod"] = Payments[Below(Payments.Length)],
            ["items"] = items,
        };
    }

    /// <summary>Every fifth customer is a guest, who is known by e-mail alone.</summary>
    public static JsonObject Customer(int number)
    {
        var customer = new JsonObject { ["email"] = FormattableString.Invariant($"customer{number}@example.com"), ["country"] = "FR" };
        if (number % 5 != 0)
        {
            customer["id"] = FormattableString.Invariant($"C-{number}");
        }

        return customer;
    }

    /// <summary>The user of a CAX event.</summary>
    public static JsonObject User(int number, JsonArray categories) => new()
    {
        ["id"] = FormattableString.Invariant($"C-{number}"),
        ["consistent_anonymous_id"] = FormattableString.Invariant($"2025048102736459{number:D8}"),
        ["email"] = FormattableString.Invariant($"customer{number}@example.com"),
        ["consent_categories"] = categories,
    };

    private static string Amount(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}
