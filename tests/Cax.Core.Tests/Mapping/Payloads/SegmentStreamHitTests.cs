using Cax.Core.Mapping;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Payloads;

public sealed class SegmentStreamHitTests
{
    private const string Transaction =
        """
        {
          "hitId": "hit-1", "sentAt": "2025-11-25T10:00:00+01:00", "integrations": {"Facebook": false},
          "event": {
            "name": "Completed Transaction", "category": "Ecommerce",
            "user": {"userId": 820982911946154508123, "anonymousId": "anon-1", "emailHash": "0123456789012345678901234567890123456789012345678X"},
            "transaction": {
              "orderId": "O-1", "currency": "eur", "total": 64.90, "subtotal": 55, "tax": 10.00, "shippingCost": "4.90",
              "voucherDiscount": 5, "vouchers": ["A1", "B2"], "status": "Cancelled", "shippingMethod": "Post", "paymentMethod": "card",
              "contactInfo": {"firstName": "Jane", "phone": "+33 6 12-34 56 (78)", "email": " Jane.Roe@Example.com "},
              "lineItems": [
                {"product": {"id": 88, "skuCode": "88-M", "name": "Shirt \u00e9", "manufacturer": "Aster", "size": "M", "color": "blue",
                  "category": ["a", "b", "c", "d", "e", "f"], "unitPrice": 30.00, "unitSalePrice": 25.5}, "quantity": 2},
                {"product": {"id": "89", "name": "Hat", "category": "Hats", "unitPrice": 10, "unitSalePrice": 10}, "quantity": 1}
              ]
            }
          },
          "context": {"ip": "123.22.334.55", "userAgent": "UA"}
        }
        """;

    private static readonly MappingOptions Consenting = WithConsent(ConsentPolicy.Configured, ConsentElement.Text, "1");

    [Fact]
    public void A_full_transaction_is_mapped() =>
        Assert.Equal(
            string.Concat(
            """
            {"event_name":"purchase","id":"O-1","currency":"EUR","value":64.90,"tax_amount":10.00,"shipping_amount":4.90,"discount_value":5,
            "revenue":50.00,"coupon":"A1","vouchers":["A1","B2"],"shipping_provider":"Post","payment_method":"card","status":"canceled",
            "items":[{"id":"88-M","quantity":2,"discount":4.50,"product":{"id":"88","name":"Shirt \u00e9","price":30.00,"brand":"Aster",
            "size":"M","colors":["blue"],"category_1":"a","category_2":"b","category_3":"c","category_4":"d","category_5":"e"}},
            {"id":"89","quantity":1,"product":{"id":"89","name":"Hat","price":10,"category_1":"Hats"}}],
            "user":{"id":"820982911946154508123","consistent_anonymous_id":"anon-1","email":"jane.roe@example.com","phone":"+33612345678",
            "firstname":"jane","consent_categories":["1"]},
            "context":{"event_id":"hit-1","event_timestamp":1764061200000,"page":{},"device":{"user_agent":"UA"}},"type":"online"}
            """.Split('\n')),
            Text(Transaction, Consenting));

    [Fact]
    public void What_was_left_out_is_told() =>
        Assert.Equal(
            ["CAX025 $.event.user.emailHash", "invalid_message $.context.ip"], Map(Transaction, Consenting).Findings.Select(f => $"{f.Code} {f.Path}"));

    [Fact]
    public void Its_id_is_that_of_the_hit() => Assert.True(Event(Transaction, Consenting).IdSupplied);

    [Fact]
    public void A_hit_says_nothing_of_consent() => Assert.Equal(ReasonCodes.ConsentUnknown, Map(Transaction).ParkedBecause);

    [Theory]
    [InlineData("Completed Transaction", "purchase")]
    [InlineData("Refunded Transaction", "refund")]
    [InlineData("Started Order", "begin_checkout")]
    [InlineData("Registered", "sign_up")]
    [InlineData("Logged In", "login")]
    [InlineData("Subscribed", "generate_lead")]
    [InlineData("Viewed Page", "page_view")]
    [InlineData("Added Product to Wishlist", "add_to_wishlist")]
    [InlineData("Requested callBack 24h", "requested_call_back_24h")]
    public void Names_are_translated(string given, string sent) => Assert.Equal(sent, Event(Hit(given), Consenting).Name);

    [Theory]
    [InlineData("\"total\":100,\"tax\":20,\"shippingCost\":0.1", "79.9")]
    [InlineData("\"total\":100,\"subtotal\":90,\"voucherDiscount\":10,\"tax\":0.3", "79.7")]
    [InlineData("\"subtotal\":90", "90")]
    [InlineData("\"total\":100", null)]
    [InlineData("\"total\":\"x\",\"subtotal\":null", null)]
    public void Revenue_is_worked_out_exactly_or_not_at_all(string money, string? revenue) =>
        Assert.Equal(revenue, Json(Hit("Completed Transaction", $$""","transaction":{"orderId":"1",{{money}}}"""), Consenting).At("revenue"));

    [Fact]
    public void A_refund_has_neither_status_nor_payment_method()
    {
        var json = Json(Transaction.Replace("Completed", "Refunded", StringComparison.Ordinal), Consenting);

        Assert.Null(json.At("status"));
        Assert.Null(json.At("payment_method"));
    }

    [Fact]
    public void An_update_has_an_id_of_its_own_even_with_the_first_status()
    {
        var first = Event(Hit("Completed Transaction", ""","transaction":{"orderId":"1"}"""), Consenting);
        var update = Event(Hit("Updated Transaction", ""","transaction":{"orderId":"1","status":"processing"}"""), Consenting);

        Assert.Equal(("purchase", "purchase"), (first.Name, update.Name));
        Assert.NotEqual(first.Id, update.Id);
    }

    [Fact]
    public void Without_a_time_of_its_own_it_has_that_of_its_receipt() =>
        Assert.Equal(Origin.ReceivedAt.ToUnixTimeMilliseconds(), Event(Hit("Logged In"), Consenting).Timestamp);

    [Fact]
    public void A_time_without_offset_is_left_for_the_validator() =>
        Assert.Equal("\"2025-11-25T10:00:00\"", Json(
            """{"sentAt":"2025-11-25T10:00:00","hitId":"h","event":{"name":"Logged In","user":{"userId":"1"}}}""", Consenting).At("context.event_timestamp"));

    [Theory]
    [InlineData("\"phone\":\"0612345678\"")]
    [InlineData("\"phone\":\"0033612345678\"")]
    [InlineData("\"userId\":\"0\"")]
    [InlineData("\"userId\":0")]
    [InlineData("\"birthDate\":\"28/02/1990\"")]
    public void Doubtful_details_of_a_person_are_left_out(string detail)
    {
        var json = Json($$$$"""{"hitId":"h","event":{"name":"Logged In","user":{"anonymousId":"a",{{{{detail}}}}}}}""", Consenting);

        Assert.Equal("""{"consistent_anonymous_id":"a","consent_categories":["1"]}""", json.At("user"));
    }

    [Theory]
    [InlineData("0123456789ABCDEF0123456789abcdef", "email_md5")]
    [InlineData("836F82db99121b3481011f16b49dfa5fbc714a0d1b1b9f784a1ebbbf5b39577f", "email_sha256")]
    public void A_hash_is_told_by_its_length(string hash, string name) =>
        Assert.Equal($"\"{hash.ToLowerInvariant()}\"", Json(
            $$$$"""{"hitId":"h","event":{"name":"Registered","user":{"anonymousId":"a","emailHash":"{{{{hash}}}}"}}}""", Consenting).At("user." + name));

    [Theory]
    [InlineData("""{"hitId":"h"}""")]
    [InlineData("""{"hitId":"h","event":{}}""")]
    [InlineData("""{"hitId":"h","event":{"name":5}}""")]
    [InlineData("""{"hitId":"h","event":{"name":"---"}}""")]
    public void A_hit_without_a_name_is_parked(string json) => Assert.Equal(ReasonCodes.InvalidMessage, Map(json).ParkedBecause);

    [Theory]
    [InlineData("""[5,null,{},{"product":5},{"product":{}},{"quantity":{}}]""")]
    [InlineData("5")]
    public void Broken_lines_do_not_stop_it(string lines) =>
        Assert.Single(Map(Hit("Completed Transaction", $$""","transaction":{"orderId":"1","vouchers":[{}],"lineItems":{{lines}}}"""), Consenting).Events);

    private static string Hit(string name, string more = "") => $$$"""{"event":{"name":"{{{name}}}","user":{"userId":"C-1"}{{{more}}}}}""";
}
