using Cax.Core.Events;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Events;

/// <summary>Each row breaks one valid event in one place and names the one finding it must earn.</summary>
public sealed class EventRuleTests
{
    private const string Sha = "836f82db99121b3481011f16b49dfa5fbc714a0d1b1b9f784a1ebbbf5b39577f";

    [Theory]
    [InlineData("$.event_name", null, "CAX002 E $.event_name")]
    [InlineData("$.event_name", "\"\"", "CAX002 E $.event_name")]
    [InlineData("$.event_name", "7", "CAX002 E $.event_name")]
    [InlineData("$.event_name", "\"quote_asked\"", "CAX004 W $.event_name")]
    [InlineData("$.context.event_id", null, "CAX010 E $.context.event_id")]
    [InlineData("$.context.event_id", "\"\"", "CAX010 E $.context.event_id")]
    [InlineData("$.context.event_id", "12", "CAX010 E $.context.event_id")]
    [InlineData("$.context.event_id", "\"a\\u0007b\"", "CAX010 E $.context.event_id")]
    [InlineData("$.context.event_id", "\"a\\u0085b\"", "CAX010 E $.context.event_id")]
    [InlineData("$.context.event_timestamp", null, "CAX011 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "null", "CAX011 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "17640612", "CAX011 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "-1764061200000", "CAX011 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "17640612000000", "CAX011 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "1764061200000.5", "CAX011 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "1e400", "CAX011 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "true", "CAX011 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "\"yesterday\"", "CAX011 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "\"1764061200000\"", "CAX012 W $.context.event_timestamp")]
    [InlineData("$.event_timestamp", "1764061200000", "CAX012 W $.event_timestamp")]
    [InlineData("$.context.event_timestamp", "1764061200", "CAX013 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "\"1764061200\"", "CAX013 E $.context.event_timestamp")]
    [InlineData("$.context.event_timestamp", "\"2025-11-25T09:00:00Z\"", "CAX013 E $.context.event_timestamp")]
    [InlineData("$.context.enrichment", "{}", "CAX051 W $.context.enrichment")]
    [InlineData("$.context.warnings", "{}", "CAX051 W $.context.warnings")]
    [InlineData("$.context.dataquality", "{}", "CAX051 W $.context.dataquality")]
    [InlineData("$.user", null, "CAX020 E $.user")]
    [InlineData("$.user", "[]", "CAX020 E $.user")]
    [InlineData("$.user.consistent_anonymous_id", null, "CAX021 E $.user.consistent_anonymous_id")]
    [InlineData("$.user.consistent_anonymous_id", "\" \"", "CAX021 E $.user.consistent_anonymous_id")]
    [InlineData("$.user.id", null, "CAX022 W $.user")]
    [InlineData("$.user.id", "\"\"", "CAX022 W $.user")]
    [InlineData("$.user.consent_categories", "\"1\"", "CAX023 E $.user.consent_categories")]
    [InlineData("$.user.consent_categories", "null", "CAX023 E $.user.consent_categories")]
    [InlineData("$.user.consent_categories", "[1]", "CAX023 E $.user.consent_categories[0]")]
    [InlineData("$.user.consent_categories", "[\"1\", null]", "CAX023 E $.user.consent_categories[1]")]
    [InlineData("$.user.consent_categories", "[\"1\", 3]", "CAX023 E $.user.consent_categories[1]")]
    [InlineData("$.user.consent_categories", "[\"1\", \"\"]", "CAX023 E $.user.consent_categories[1]")]
    [InlineData("$.user.consent_categories", "[\"1\", \"3\", \"\\u0031\"]", "CAX023 E $.user.consent_categories[2]")]
    [InlineData("$.user.consent_categories", "[]", "CAX024 W $.user.consent_categories")]
    [InlineData("$.user.email_sha256", "\"836f\"", "CAX025 E $.user.email_sha256")]
    [InlineData("$.user.phone_md5", "\"60DD761F55CB17F0532C9FB1679E8DDD\"", "CAX025 E $.user.phone_md5")]
    [InlineData("$.user.city_md5", "true", "CAX025 E $.user.city_md5")]
    [InlineData("$.user.odd name_md5", "1", "CAX025 E $.user['odd name_md5']")]
    [InlineData("$.user.phone", "\"0612345678\"", "CAX026 W $.user.phone")]
    [InlineData("$.user.phone", "\"+33 612345678\"", "CAX026 W $.user.phone")]
    [InlineData("$.user.phone", "\"+1234567890123456\"", "CAX026 W $.user.phone")]
    [InlineData("$.user.phone", "\"\"", "CAX026 W $.user.phone")]
    [InlineData("$.user.phone", "33612345678", "CAX026 W $.user.phone")]
    [InlineData("$.user.birthdate", "\"31/12/1990\"", "CAX026 W $.user.birthdate")]
    [InlineData("$.user.birthdate", "\"1990-02-30\"", "CAX026 W $.user.birthdate")]
    [InlineData("$.user.country", "\"France\"", "CAX026 W $.user.country")]
    [InlineData("$.user.country", "\"F1\"", "CAX026 W $.user.country")]
    [InlineData("$.user.gender", "\"female\"", "CAX026 W $.user.gender")]
    [InlineData("$.currency", null, "CAX031 E $.currency")]
    [InlineData("$.currency", "\"eur\"", "CAX032 E $.currency")]
    [InlineData("$.currency", "\"EURO\"", "CAX032 E $.currency")]
    [InlineData("$.items[0].product.currency", "\"USD\"", "CAX033 E $.items[0].product.currency")]
    [InlineData("$.items[0].product.currency", "978", "CAX032 E $.items[0].product.currency")]
    [InlineData("$.value", "1e400", "CAX034 E $.value")]
    [InlineData("$.tax_amount", "\"10.00\"", "CAX034 E $.tax_amount")]
    [InlineData("$.tax_amount", "-1e400", "CAX034 E $.tax_amount")]
    [InlineData("$.discount_value", "-0.01", "CAX034 E $.discount_value")]
    [InlineData("$.original_value", "[]", "CAX034 E $.original_value")]
    [InlineData("$.original_revenue", "true", "CAX034 E $.original_revenue")]
    [InlineData("$.original_tax_amount", "{}", "CAX034 E $.original_tax_amount")]
    [InlineData("$.returned_value", "\"\"", "CAX034 E $.returned_value")]
    [InlineData("$.returned_quantity", "-1", "CAX034 E $.returned_quantity")]
    [InlineData("$.cancelled_value", "\"NaN\"", "CAX034 E $.cancelled_value")]
    [InlineData("$.cancelled_quantity", "-1", "CAX034 E $.cancelled_quantity")]
    [InlineData("$.items[0].quantity", "\"2\"", "CAX034 E $.items[0].quantity")]
    [InlineData("$.items[0].quantity", "-2", "CAX034 E $.items[0].quantity")]
    [InlineData("$.items[0].discount", "\"5\"", "CAX034 E $.items[0].discount")]
    [InlineData("$.items[0].list_position", "\"1\"", "CAX034 E $.items[0].list_position")]
    [InlineData("$.items[0].price", "-1", "CAX034 E $.items[0].price")]
    [InlineData("$.items[0].value", "\"1\"", "CAX034 E $.items[0].value")]
    [InlineData("$.items[0].original_value", "\"1\"", "CAX034 E $.items[0].original_value")]
    [InlineData("$.items[0].returned_value", "\"1\"", "CAX034 E $.items[0].returned_value")]
    [InlineData("$.items[0].returned_quantity", "\"1\"", "CAX034 E $.items[0].returned_quantity")]
    [InlineData("$.items[0].cancelled_value", "\"1\"", "CAX034 E $.items[0].cancelled_value")]
    [InlineData("$.items[0].cancelled_quantity", "\"1\"", "CAX034 E $.items[0].cancelled_quantity")]
    [InlineData("$.items[0].product.price", "\"30.00\"", "CAX034 E $.items[0].product.price")]
    [InlineData("$.items[0].product.price", "-30", "CAX034 E $.items[0].product.price")]
    [InlineData("$.value", "64.92", "CAX035 W $.value")]
    [InlineData("$.tax_amount", null, "CAX035 W $.value")]
    [InlineData("$.payment_method", "\"visa\"", "CAX036 E $.payment_method")]
    [InlineData("$.status", "\"cancelled\"", "CAX037 E $.status")]
    [InlineData("$.items", "[]", "CAX038 E $.items")]
    [InlineData("$.items[0]", "\"SKU\"", "CAX039 E $.items[0]")]
    [InlineData("$.items[0]", "null", "CAX039 E $.items[0]")]
    [InlineData("$.items[0].id", null, "CAX039 E $.items[0].id")]
    [InlineData("$.items[0].id", "88", "CAX039 E $.items[0].id")]
    [InlineData("$.items[0].quantity", null, "CAX039 E $.items[0].quantity")]
    [InlineData("$.items[0].quantity", "null", "CAX039 E $.items[0].quantity")]
    [InlineData("$.items[0].product", null, "CAX039 E $.items[0].product")]
    [InlineData("$.items[0].product", "\"88\"", "CAX039 E $.items[0].product")]
    [InlineData("$.items[0].product.id", "\"\"", "CAX039 E $.items[0].product.id")]
    [InlineData("$.items[0].product.name", null, "CAX039 E $.items[0].product.name")]
    [InlineData("$.items[0].product.price", null, "CAX039 E $.items[0].product.price")]
    [InlineData("$.properties", "{}", "CAX050 E $.properties")]
    [InlineData("$.event", "\"purchase\"", "CAX050 E $.event")]
    [InlineData("$.eventId", "\"1\"", "CAX050 E $.eventId")]
    [InlineData("$.device", "{}", "CAX050 E $.device")]
    [InlineData("$.page", "{}", "CAX050 E $.page")]
    [InlineData("$.app", "{}", "CAX050 E $.app")]
    public void Breaking_a_purchase_in_one_place_gives_exactly_one_finding(string path, string? json, string finding)
    {
        Assert.Equal([finding], Judge.Event(ValidEvents.Purchase().With(path, json)));
        Assert.Equal([finding.Replace(" W ", " E ", StringComparison.Ordinal)], Judge.Event(
            ValidEvents.Purchase().With(path, json), new EventOptions { Strict = true }));
    }

    [Theory]
    [InlineData("$.user.email_sha256", $"\"{Sha}\"")]
    [InlineData("$.user.phone_md5", "\"60dd761f55cb17f0532c9fb1679e8ddd\"")]
    [InlineData("$.user.phone_md5", "null")]
    [InlineData("$.user.phone", "\"+33612345678\"")]
    [InlineData("$.user.birthdate", "\"1990-12-31\"")]
    [InlineData("$.user.country", "\"FR\"")]
    [InlineData("$.user.country", "\"FRA\"")]
    [InlineData("$.user.gender", "\"m\"")]
    [InlineData("$.user.consent_categories", null)]
    [InlineData("$.user.card", "{\"level\":3}")]
    [InlineData("$.items[0].product.currency", "\"EUR\"")]
    [InlineData("$.tax_amount", "1.000000000000000000000000000000000000000e1")]
    [InlineData("$.discount_value", "null")]
    [InlineData("$.returned_value", "0")]
    [InlineData("$.returned_value", "-0.0")]
    [InlineData("$.returned_value", "1e-400")]
    [InlineData("$.value", "64.91")]
    [InlineData("$.status", "\"pending\"")]
    [InlineData("$.payment_method", "\"by_bank_transfer_in_advance\"")]
    [InlineData("$.properties", "\"a custom text\"")]
    [InlineData("$.page", "null")]
    [InlineData("$.own_property", "{\"any\":[1,null,\"x\"]}")]
    [InlineData("$.test_code", "\"t-1\"")]
    public void What_is_allowed_gives_no_finding(string path, string? json) =>
        Assert.Empty(Judge.Event(ValidEvents.Purchase().With(path, json)));

    [Theory]
    [InlineData("generate_lead", "$.payment_method", "\"visa\"")]
    [InlineData("refund", "$.status", "\"whatever\"")]
    [InlineData("refund", "$.items", "[]")]
    [InlineData("begin_checkout", "$.value", "99.00")]
    [InlineData("generate_lead", "$.items", "null")]
    public void A_rule_of_one_event_does_not_bind_another(string name, string path, string json) =>
        Assert.Empty(Judge.Event(ValidEvents.Of(name).With(path, json)));

    [Theory]
    [InlineData("generate_lead", "$.currency", null, "CAX031 E $.currency")]
    [InlineData("generate_lead", "$.currency", "978", "CAX032 E $.currency")]
    [InlineData("generate_lead", "$.value", "\"12\"", "CAX034 E $.value")]
    [InlineData("generate_lead", "$.revenue", "-1", "CAX034 E $.revenue")]
    [InlineData("view_cart", "$.revenue", "12", "CAX031 E $.currency")]
    [InlineData("refund", "$.items", "{}", "CAX030 E $.items")]
    [InlineData("refund", "$.value", "60", "CAX035 W $.value")]
    [InlineData("begin_checkout", "$.tax_amount", "1", "CAX035 W $.value")]
    [InlineData("add_payment_info", "$.payment_method", "\"visa\"", "CAX036 E $.payment_method")]
    [InlineData("view_cart", "$.items", "[]", "CAX038 E $.items")]
    [InlineData("select_item", "$.items", "[]", "CAX038 E $.items")]
    public void A_rule_binds_the_events_it_names(string name, string path, string? json, string finding) =>
        Assert.Equal([finding], Judge.Event(ValidEvents.Of(name).With(path, json)));

    [Fact]
    public void A_selected_item_is_one()
    {
        var @event = ValidEvents.Of("select_item");
        @event["items"]!.AsArray().Add(@event["items"]![0]!.DeepClone());

        Assert.Equal(["CAX038 W $.items"], Judge.Event(@event));
    }

    [Fact]
    public void Products_must_agree_on_a_currency_even_where_the_event_has_none()
    {
        var @event = ValidEvents.Of("view_cart").With("$.items[0].product.currency", "\"EUR\"");
        @event["items"]!.AsArray().Add(@event["items"]![0]!.DeepClone());
        Assert.Empty(Judge.Event(@event));

        Assert.Equal(["CAX033 E $.items[1].product.currency"], Judge.Event(@event.With("$.items[1].product.currency", "\"CHF\"")));
    }

    [Theory]
    [InlineData("\"Purchase\"")]
    [InlineData("\"1st_order\"")]
    [InlineData("\"commande_confirmée\"")]
    [InlineData("\"a2345678901234567890123456789012345678901234567890123456789012345\"")]
    public void An_unusual_name_is_also_no_standard_one(string name) =>
        Assert.Equal(["CAX003 W $.event_name", "CAX004 W $.event_name"], Judge.Event(ValidEvents.Lead().With("$.event_name", name)));

    [Fact]
    public void Names_written_with_escapes_are_the_same_names()
    {
        var escaped = System.Text.Encoding.UTF8.GetString(ValidEvents.Purchase().ToUtf8())
            .Replace("\"purchase\"", "\"p\\u0075rchase\"", StringComparison.Ordinal)
            .Replace("\"value\"", "\"v\\u0061lue\"", StringComparison.Ordinal)
            .Replace("\"EUR\"", "\"E\\u0055R\"", StringComparison.Ordinal);

        Assert.Empty(Judge.Text(escaped));
    }

    [Fact]
    public void An_event_id_has_at_most_128_characters()
    {
        Assert.Empty(Judge.Event(ValidEvents.Lead().With("$.context.event_id", $"\"{new string('é', 128)}\"")));
        Assert.Equal(
            ["CAX010 E $.context.event_id"],
            Judge.Event(ValidEvents.Lead().With("$.context.event_id", $"\"{new string('é', 129)}\"")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[]")]
    [InlineData("null")]
    public void Without_context_both_of_its_members_are_missing(string? context) =>
        Assert.Equal(
            ["CAX010 E $.context.event_id", "CAX011 E $.context.event_timestamp"],
            Judge.Event(ValidEvents.Lead().With("$.context", context)));

    [Fact]
    public void A_timestamp_at_the_root_does_not_replace_the_one_in_context() =>
        Assert.Equal(
            ["CAX012 W $.event_timestamp", "CAX011 E $.context.event_timestamp"],
            Judge.Event(ValidEvents.Lead().With("$.context.event_timestamp", null).With("$.event_timestamp", "\"1764061200000\"")));

    [Theory]
    [InlineData("[1, 3]", null)]
    [InlineData("[1, \"3\"]", "CAX023 E $.user.consent_categories[1]")]
    [InlineData("[1, 3.5]", "CAX023 E $.user.consent_categories[1]")]
    [InlineData("[1, 3, 1]", "CAX023 E $.user.consent_categories[2]")]
    public void Consent_categories_are_numbers_where_configured(string categories, string? finding) =>
        Assert.Equal(
            finding is null ? [] : [finding],
            Judge.Event(ValidEvents.Lead().With("$.user.consent_categories", categories), consentAsNumbers: true));
}
