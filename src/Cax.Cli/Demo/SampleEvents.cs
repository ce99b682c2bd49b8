using System.Globalization;
using System.Text.Json.Nodes;

namespace Cax.Cli.Demo;

/// <summary>Events of the sample that other systems made for CAX, or for what went before it.</summary>
internal sealed class SampleEvents(SampleShop shop)
{
    /// <summary>An event of today's form, which needs no change.</summary>
    public JsonObject Version2(int number) => new()
    {
        ["event_name"] = "generate_lead",
        ["id"] = FormattableString.Invariant($"V2-{number}"),
        ["method"] = "newsletter",
        ["user"] = SampleShop.User(number, ["1", "3"]),
        ["context"] = new JsonObject
        {
            ["event_id"] = FormattableString.Invariant($"v2-event-{number}"),
            ["event_timestamp"] = Milliseconds(number),
            ["page"] = new JsonObject(),
            ["device"] = new JsonObject(),
        },
    };

    /// <summary>The same, with the time where and as it used to be written.</summary>
    public JsonObject Version2WithTextTime(int number)
    {
        var @event = Version2(number);
        @event["context"]!.AsObject().Remove("event_timestamp");
        @event["event_timestamp"] = Milliseconds(number).ToString(CultureInfo.InvariantCulture);
        return @event;
    }

    /// <summary>The form of version 1.0: properties apart, metadata at the root.</summary>
    public JsonObject Version1(int number) => new()
    {
        ["event_name"] = "sign_up",
        ["event_id"] = FormattableString.Invariant($"v1-event-{number}"),
        ["event_timestamp"] = Milliseconds(number),
        ["page"] = new JsonObject { ["title"] = "Welcome", ["location"] = "https://shop.example/welcome" },
        ["properties"] = new JsonObject { ["method"] = "email", ["user"] = SampleShop.User(number, [1, 3]) },
    };

    /// <summary>The form of 2021.</summary>
    public JsonObject Of2021(int number) => new()
    {
        ["event"] = "login",
        ["eventId"] = FormattableString.Invariant($"old-event-{number}"),
        ["eventTimestamp"] = Milliseconds(number).ToString(CultureInfo.InvariantCulture),
        ["device"] = new JsonObject { ["userAgent"] = "Mozilla/5.0" },
        ["properties"] = new JsonObject { ["method"] = "email", ["user"] = SampleShop.User(number, [1]) },
    };

    /// <summary>A SegmentStream hit: an order or, every third time, a subscription.</summary>
    public JsonObject Hit(int number)
    {
        var user = new JsonObject
        {
            ["userId"] = FormattableString.Invariant($"C-{number}"),
            ["anonymousId"] = FormattableString.Invariant($"anon-{number}"),
            ["email"] = FormattableString.Invariant($"customer{number}@example.com"),
        };
        var @event = number % 3 == 0
            ? new JsonObject { ["name"] = "Subscribed", ["label"] = "newsletter", ["user"] = user }
            : new JsonObject { ["name"] = "Completed Transaction", ["user"] = user, ["transaction"] = Transaction(number) };
        return new JsonObject
        {
            ["hitId"] = FormattableString.Invariant($"hit-{number}"),
            ["sentAt"] = shop.Time(number).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["event"] = @event,
        };
    }

    private static JsonObject Transaction(int number) => new()
    {
        ["orderId"] = FormattableString.Invariant($"SEG-{number}"),
        ["currency"] = "EUR",
        ["total"] = 40.90m,
        ["tax"] = 6.00m,
        ["shippingCost"] = 4.90m,
        ["paymentMethod"] = "card",
        ["lineItems"] = new JsonArray(new JsonObject
        {
            ["product"] = new JsonObject { ["id"] = "88", ["skuCode"] = "88-M", ["name"] = "Linen shirt", ["unitPrice"] = 30.00m, ["unitSalePrice"] = 30.00m },
            ["quantity"] = 1,
        }),
    };

    private long Milliseconds(int number) => shop.Time(number).ToUnixTimeMilliseconds();
}
