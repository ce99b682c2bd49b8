using Cax.Core.Events;
using Cax.Core.Mapping;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Messages;

public sealed class OwnMessageTests
{
    [Fact]
    public void A_full_order_becomes_a_purchase() =>
        Assert.Equal(
            string.Concat(
            """
            {"event_name":"purchase","id":"ORD-20933","type":"call","status":"pending","payment_method":"direct_debit","currency":"EUR",
            "revenue":87.05,"tax_amount":18.41,"shipping_amount":7.00,"value":112.46,"shipping_provider":"Colis Privé","discount_value":12.00,
            "coupon":"RENTRÉE25","items":[{"id":"SKU-88-M","quantity":2,"variant":"bleu nuit","discount":5.00,"coupon":"RENTRÉE25",
            "affiliation":"Main shop","product":{"id":"88","name":"Chemise « Été » 👕","price":30.00,"brand":"Aster","size":"M",
            "colors":["blue","white"],"category_1":"Clothing","category_2":"Shirts","category_3":"Linen"}},
            {"id":"SKU-12","quantity":1.5,"product":{"id":"12","name":"Ribbon, by the metre","price":24.70}}],
            "store_code":"0042","loyalty_points":9007199254740993,"gift":{"wrap":true,"note":"À bientôt"},
            "user":{"id":"9007199254740993","consistent_anonymous_id":"202504810273645918273645","email":"jane.roe@example.com",
            "phone":"+33612345678","firstname":"jane","lastname":"roe","gender":"f","birthdate":"1990-02-28","street":"1 rue de la Paix",
            "zipcode":"01000","city":"Bourg-en-Bresse","state":"Ain","country":"FR","status":"Premium","consent_categories":["1","3"]},
            "context":{"event_timestamp":1764063612345,"page":{"url":"https://shop.example/checkout/thanks","title":"Merci",
            "referrer":"https://shop.example/cart","lang":"fr"},"device":{"ip":"203.0.113.24","user_agent":"Mozilla/5.0","lang":"fr",
            "timezone":"Europe/Paris","cookie":"_fbp=fb.1.1764061200000.1"},"event_id":"f64a823a-c52f-5f0d-b8f9-e1eeb1806a5b"},
            "test_code":"acceptance-1"}
            """.Split('\n')),
            Text(MessageContract.Examples["order-placed.full"]));

    [Fact]
    public void A_partial_refund_carries_the_order_and_the_amount_worked_out()
    {
        var json = Json(MessageContract.Examples["order-refunded.partial"]);

        Assert.Equal("\"ORD-20931\"", json.At("id"));
        Assert.Equal("30.00", json.At("value"));
        Assert.Equal("1", json.At("items.0.quantity"));
        Assert.Null(json.At("status"));
        Assert.Null(json.At("payment_method"));
    }

    [Fact]
    public void A_refund_without_items_is_a_full_refund() => Assert.Null(Json(MessageContract.Examples["order-refunded"]).At("items"));

    [Theory]
    [InlineData("order-placed", "purchase", "in_progress")]
    [InlineData("order-updated", "purchase", "shipped")]
    [InlineData("order-cancelled", "purchase", "canceled")]
    public void What_happened_to_an_order_is_the_status_of_the_purchase(string example, string name, string status)
    {
        Assert.Equal(name, Event(MessageContract.Examples[example]).Name);
        Assert.Equal($"\"{status}\"", Json(MessageContract.Examples[example]).At("status"));
    }

    [Fact]
    public void The_messages_about_one_order_have_ids_of_their_own()
    {
        string[] examples = ["order-placed", "order-updated", "order-cancelled", "order-refunded", "order-refunded.partial"];

        Assert.Equal(5, examples.Select(example => Event(MessageContract.Examples[example]).Id).Distinct().Count());
        Assert.All(examples, example => Assert.False(Event(MessageContract.Examples[example]).IdSupplied));
    }

    [Fact]
    public void A_redelivery_gives_the_same_bytes() =>
        Assert.All(MessageContract.Examples.Values, json => Assert.Equal(Text(json), Text(json)));

    [Fact]
    public void The_id_rests_on_source_and_number_alone()
    {
        var placed = MessageContract.Examples["order-placed"];
        var edited = placed.Replace("2025-11-25", "2025-12-31", StringComparison.Ordinal).Replace("Linen", "Cotton", StringComparison.Ordinal);

        Assert.Equal(Event(placed).Id, Event(edited).Id);
        Assert.NotEqual(Event(placed).Id, Event(placed.Replace("shop-fr", "shop-de", StringComparison.Ordinal)).Id);
    }

    [Fact]
    public void A_lead_has_person_method_and_worth()
    {
        var json = Json(MessageContract.Examples["lead-created"]);

        Assert.Equal(("\"generate_lead\"", "\"LEAD-5521\"", "\"quote_form\""), (json.At("event_name"), json.At("id"), json.At("method")));
        Assert.Equal("\"+33612345678\"", json.At("user.phone"));
        Assert.Equal("\"Kitchen quote\"", json.At("form_name"));
        Assert.Null(json.At("type"));
    }

    [Fact]
    public void An_account_gives_the_person_its_id()
    {
        var json = Json(MessageContract.Examples["account-created"]);

        Assert.Equal(("\"sign_up\"", "\"A-1001\"", "\"email\""), (json.At("event_name"), json.At("user.id"), json.At("method")));
        Assert.Null(json.At("id"));
    }

    [Fact]
    public void An_account_without_a_number_is_known_by_customer_or_e_mail()
    {
        string Account(string customer, string time = "10:00") =>
            Event($$$"""{"type":"account.created","version":1,"source":"s","occurredAt":"2026-01-01T{{{time}}}Z","account":{},"customer":{{{customer}}},"consent":{"categories":[]}}""").Id;

        Assert.Equal(Account("""{"id":7}"""), Account("""{"id":"7","email":"a@b.c"}""", "11:00"));
        Assert.Equal(Account("""{"email":"A@b.c"}"""), Account("""{"email":" a@b.c"}""", "11:00"));
        Assert.NotEqual(Account("""{"anonymousId":"x"}"""), Account("""{"anonymousId":"x"}""", "11:00"));
    }

    [Theory]
    [InlineData("820982911946154508123456789")]
    [InlineData("\"00022108\"")]
    public void Numbers_of_orders_are_taken_digit_for_digit(string id) =>
        Assert.Equal($"\"{id.Trim('"')}\"", Json(Order("\"id\":\"O-1\"", $"\"id\":{id}")).At("id"));

    [Theory]
    [InlineData("\"12.50\"", "12.50")]
    [InlineData("12.50", "12.50")]
    [InlineData("1.25e1", "12.5")]
    [InlineData("\"2449.999999\"", "2449.999999")]
    [InlineData("1234567890123456789012345678", "1234567890123456789012345678")]
    public void Money_keeps_its_digits_and_loses_its_exponent(string given, string sent) =>
        Assert.Equal(sent, Json(Order("\"value\":12", $"\"value\":{given}")).At("value"));

    [Fact]
    public void Money_that_cannot_be_exact_is_refused_not_rounded()
    {
        var result = Map(Order("\"value\":12", "\"value\":0.12345678901234567890123456789"));

        Assert.Equal("$.order.value", Assert.Single(result.Findings).Path);
    }

    [Theory]
    [InlineData("\"value\":12,\"revenue\":9,\"tax\":2", "shipping_amount", "1")]
    [InlineData("\"value\":12,\"revenue\":9,\"shipping\":1", "tax_amount", "2")]
    [InlineData("\"value\":12,\"tax\":2,\"shipping\":1", "revenue", "9")]
    [InlineData("\"revenue\":9,\"tax\":2,\"shipping\":1", "value", "12")]
    [InlineData("\"value\":12,\"revenue\":11,\"shipping\":4", "tax_amount", null)]
    [InlineData("\"value\":12,\"revenue\":10", "tax_amount", null)]
    public void The_fourth_amount_follows_from_three(string given, string name, string? sent) =>
        Assert.Equal(sent, Json(Order("\"value\":12,\"revenue\":10", given)).At(name));

    [Theory]
    [InlineData("\"phone\":\"06 12 34 56 78\"", "CAX026 $.customer.phone")]
    [InlineData("\"gender\":\"diverse\"", "CAX026 $.customer.gender")]
    [InlineData("\"birthDate\":\"28.02.1990\"", "CAX026 $.customer.birthDate")]
    [InlineData("\"country\":\"France\"", "CAX026 $.customer.country")]
    [InlineData("\"email\":\"nobody at home\"", "invalid_message $.customer.email")]
    public void A_doubtful_detail_costs_itself_and_a_warning(string detail, string finding)
    {
        var json = Order("\"id\":\"C-1\"", "\"id\":\"C-1\"," + detail);

        Assert.Equal([finding], Map(json).Findings.Select(f => $"{f.Code} {f.Path}"));
        Assert.Equal("\"C-1\"", Json(json).At("user.id"));
        Assert.Equal(3, Json(json).GetProperty("user").EnumerateObject().Count());
    }

    [Fact]
    public void A_doubtful_address_of_a_device_is_left_out() =>
        Assert.Equal("{}", Json(Order("\"customer\"", "\"context\":{\"device\":{\"ip\":\"1\"}},\"customer\"")).At("context.device"));

    [Fact]
    public void An_unlisted_payment_method_is_sent_as_other_with_a_warning()
    {
        var json = Order("\"card\"", "\"carrier pigeon\"");

        Assert.Equal("\"other\"", Json(json).At("payment_method"));
        Assert.Equal(("CAX036", "$.order.paymentMethod"), (Map(json).Findings[0].Code, Map(json).Findings[0].Path));
    }

    [Fact]
    public void Further_levels_of_categories_are_left_out_with_a_warning()
    {
        var json = Order("\"price\":12", "\"price\":12,\"categories\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]");

        Assert.Equal("\"5\"", Json(json).At("items.0.product.category_5"));
        Assert.Equal("$.order.items[0].product.categories", Assert.Single(Map(json).Findings).Path);
    }

    [Fact]
    public void A_misspelt_member_is_ignored_with_a_warning()
    {
        var finding = Assert.Single(Map(Order("\"customer\"", "\"conesnt\":{},\"customer\"")).Findings);

        Assert.Equal((Severity.Warning, "$.conesnt"), (finding.Severity, finding.Path));
    }

    [Fact]
    public void All_breaches_are_told_at_once()
    {
        var result = Map("""{"type":"order.placed","version":2,"order":{"items":[{"id":1,"product":{}}],"custom":{"user":1}}}""");

        Assert.Equal(
            [
                "$.version", "$.source", "$.order.id", "$.order.paymentMethod", "$.order.currency", "$.order.revenue", "$.order.value",
                "$.order.items[0].quantity", "$.order.items[0].product.id", "$.order.items[0].product.name", "$.order.items[0].product.price",
                "$.order.custom.user", "$.customer", "$.occurredAt",
            ],
            result.Findings.Select(finding => finding.Path));
        Assert.StartsWith("$.version: ", result.Detail, StringComparison.Ordinal);
        Assert.Contains(" 13 more ", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_broken_a_million_times_is_told_about_some_of_it()
    {
        var items = string.Join(",", Enumerable.Repeat("{}", 5_000));

        var result = Map(Order("\"items\":[", $"\"items\":[{items},"));

        Assert.Equal(200, result.Findings.Count);
        Assert.Contains(" 14999 more ", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_consent_the_policy_decides()
    {
        var json = Order(",\"consent\":{\"categories\":[]}", "");

        Assert.Equal(ReasonCodes.ConsentUnknown, Map(json).ParkedBecause);
        Assert.Equal("""["1"]""", Json(json, WithConsent(ConsentPolicy.Configured, ConsentElement.Text, "1")).At("user.consent_categories"));
    }

    [Fact]
    public void The_settings_are_those_of_the_source_the_message_names()
    {
        var till = new SourceMapping { DefaultType = "offline" };

        Assert.Equal("\"offline\"", Json(Order("", ""), Options with { BySource = new Dictionary<string, SourceMapping> { ["shop"] = till } }).At("type"));
    }

    [Fact]
    public void An_event_with_a_type_of_its_own_is_no_message() =>
        Assert.Equal("given", Event("""{"event_name":"login","type":"order.placed","user":{"consent_categories":[]},"context":{"event_id":"given"}}""").Id);

    private static string Order(string part, string replacement)
    {
        const string Json =
            """
            {"type":"order.placed","version":1,"source":"shop","occurredAt":"2026-01-01T10:00:00Z","order":{"id":"O-1","currency":"EUR","value":12,"revenue":10,"paymentMethod":"card","items":[{"id":"I-1","quantity":1,"product":{"id":"P-1","name":"N","price":12}}]},"customer":{"id":"C-1"},"consent":{"categories":[]}}
            """;
        return part.Length == 0 ? Json : Json.Replace(part, replacement, StringComparison.Ordinal);
    }
}
