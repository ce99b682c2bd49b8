using Cax.Core.Mapping;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Normalising;

public sealed class ConversionTests
{
    [Theory]
    [InlineData("card", "card", false)]
    [InlineData("Direct Debit", "direct_debit", false)]
    [InlineData(" by-invoice ", "by_invoice", false)]
    [InlineData("creditCard", "other", true)]
    [InlineData("IBAN", "other", true)]
    public void A_payment_method_is_brought_on_to_the_list(string given, string sent, bool warns)
    {
        var json = Event("purchase", $"\"payment_method\":\"{given}\",\"type\":\"online\",\"status\":\"shipped\"");

        Assert.Equal($"\"{sent}\"", Json(json).At("payment_method"));
        Assert.Equal(warns ? ["CAX036 $.payment_method"] : [], Map(json).Findings.Select(f => $"{f.Code} {f.Path}"));
    }

    [Fact]
    public void A_warning_never_repeats_the_value() =>
        Assert.DoesNotContain("jane", Map(Event("purchase", "\"payment_method\":\"jane.roe@example.com\"")).Findings[0].Message, StringComparison.Ordinal);

    [Fact]
    public void No_payment_method_is_invented()
    {
        Assert.Null(Json(Event("purchase", "\"a\":1")).At("payment_method"));
        Assert.Equal("\"\"", Json(Event("purchase", "\"payment_method\":\"\"")).At("payment_method"));
        Assert.Equal("\"creditCard\"", Json(Event("begin_checkout", "\"payment_method\":\"creditCard\"")).At("payment_method"));
    }

    [Theory]
    [InlineData("\"revenue\":50.00,\"tax_amount\":10.00,\"shipping_amount\":4.90", "value", "64.90")]
    [InlineData("\"value\":64.90,\"tax_amount\":10.00,\"shipping_amount\":4.90", "revenue", "50.00")]
    [InlineData("\"value\":0.3,\"tax_amount\":0.1,\"shipping_amount\":0.1", "revenue", "0.1")]
    [InlineData("\"value\":null,\"revenue\":12345678901234567890.01,\"tax_amount\":1e-2,\"shipping_amount\":0", "value", "12345678901234567890.02")]
    public void The_fourth_amount_is_worked_out_exactly(string given, string name, string sent) =>
        Assert.Equal(sent, Json(Event("purchase", given)).At(name));

    [Theory]
    [InlineData("\"value\":64.90,\"tax_amount\":10.00", "revenue")]
    [InlineData("\"revenue\":50,\"value\":60,\"tax_amount\":10", "shipping_amount")]
    [InlineData("\"value\":\"64.90\",\"tax_amount\":10.00,\"shipping_amount\":4.90", "revenue")]
    [InlineData("\"revenue\":1e400,\"tax_amount\":10.00,\"shipping_amount\":4.90", "value")]
    [InlineData("\"revenue\":9999999999999999999999999999,\"tax_amount\":0.01,\"shipping_amount\":0", "value")]
    public void No_amount_is_invented(string given, string name) => Assert.Null(Json(Event("purchase", given)).At(name));

    [Fact]
    public void A_purchase_and_a_refund_get_the_type_of_their_source()
    {
        var options = Options with { General = new SourceMapping { DefaultType = "offline" } };

        Assert.Equal("\"offline\"", Json(Event("purchase", "\"a\":1"), options).At("type"));
        Assert.Equal("\"offline\"", Json(Event("refund", "\"type\":\"\""), options).At("type"));
        Assert.Equal("\"call\"", Json(Event("refund", "\"type\":\"call\""), options).At("type"));
        Assert.Null(Json(Event("generate_lead", "\"a\":1"), options).At("type"));
    }

    [Fact]
    public void Only_a_purchase_gets_a_status()
    {
        Assert.Equal("\"in_progress\"", Json(Event("purchase", "\"a\":1")).At("status"));
        Assert.Null(Json(Event("refund", "\"a\":1")).At("status"));
    }

    [Theory]
    [InlineData("eur", "EUR")]
    [InlineData("EUR", "EUR")]
    [InlineData("euro", "euro")]
    [InlineData("Eur", "Eur")]
    public void A_currency_in_lower_case_is_raised(string given, string sent) =>
        Assert.Equal($"\"{sent}\"", Json(Event("purchase", $"\"currency\":\"{given}\"")).At("currency"));

    private static string Event(string name, string members) =>
        $$$"""
        {"event_name":"{{{name}}}","id":"O-1",{{{members}}},
        "user":{"id":"1","consistent_anonymous_id":"a","consent_categories":[]},"context":{"event_id":"e","event_timestamp":1764061200000}}
        """;
}
