using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

/// <summary>Each rule of CAX reference 3 to 5, broken once.</summary>
public sealed class BreachTests
{
    private static readonly string LongId = new('x', 129);

    /// <summary>Event, member, its new value (null: taken away), the rule that it breaks, the path of the finding.</summary>
    public static TheoryData<string, string, string?, string, string> Breaches => new()
    {
        { Some.Lead, "event_name", null, "event_name", "event_name" },
        { Some.Lead, "event_name", "\" \"", "event_name", "event_name" },
        { Some.Lead, "event_name", "7", "event_name", "event_name" },
        { Some.Lead, "context.event_id", null, "event_id", "context.event_id" },
        { Some.Lead, "context.event_id", "\"\"", "event_id", "context.event_id" },
        { Some.Lead, "context.event_id", "7", "event_id", "context.event_id" },
        { Some.Lead, "context.event_id", $"\"{LongId}\"", "event_id", "context.event_id" },
        { Some.Lead, "context.event_id", "\"a\\tb\"", "event_id", "context.event_id" },
        { Some.Lead, "context.event_timestamp", null, "event_time", "context.event_timestamp" },
        { Some.Lead, "context.event_timestamp", "\"1764061260000\"", "event_time", "context.event_timestamp" },
        { Some.Lead, "context.event_timestamp", "1764061260", "event_time", "context.event_timestamp" },
        { Some.Lead, "context.event_timestamp", "17640612600.0", "event_time", "context.event_timestamp" },
        { Some.Lead, "context.event_timestamp", "\"2025-11-25T09:00:00Z\"", "event_time", "context.event_timestamp" },
        { Some.Lead, "context.event_timestamp", "1764072750001", "event_time", "context.event_timestamp" },
        { Some.Lead, "context.page", "\"/\"", "type", "context.page" },
        { Some.Lead, "context.enrichment", "{}", "platform_owned", "context.enrichment" },
        { Some.Lead, "context.warnings", "{}", "platform_owned", "context.warnings" },
        { Some.Lead, "context.dataquality", "{}", "platform_owned", "context.dataquality" },
        { Some.Lead, "user", null, "user", "user" },
        { Some.Lead, "user", "[]", "user", "user" },
        { Some.Lead, "user.consistent_anonymous_id", null, "anonymous_id", "user.consistent_anonymous_id" },
        { Some.Lead, "user.consistent_anonymous_id", "\"\"", "anonymous_id", "user.consistent_anonymous_id" },
        { Some.Lead, "user.consistent_anonymous_id", "9", "anonymous_id", "user.consistent_anonymous_id" },
        { Some.Lead, "user.email", "1", "type", "user.email" },
        { Some.Lead, "user.consent_categories", "\"1\"", "consent", "user.consent_categories" },
        { Some.Lead, "user.consent_categories", "[1,\"2\"]", "consent", "user.consent_categories" },
        { Some.Lead, "user.consent_categories", "[\"1\",null]", "consent", "user.consent_categories" },
        { Some.Lead, "user.consent_categories", "[1.5]", "consent", "user.consent_categories" },
        { Some.Lead, "user.consent_categories", "[\"1\",\"1\"]", "consent", "user.consent_categories" },
        { Some.Lead, "user.consent_categories", "null", "consent", "user.consent_categories" },
        { Some.Lead, "user.email_sha256", "\"836f82db99121b34\"", "hash", "user.email_sha256" },
        { Some.Purchase, "user.email_sha256", "\"836F82DB99121B3481011F16B49DFA5FBC714A0D1B1B9F784A1EBBBF5B39577F\"", "hash", "user.email_sha256" },
        { Some.Lead, "user.phone_md5", "\"60dd761f55cb17f0532c9fb1679e8dd\"", "hash", "user.phone_md5" },
        { Some.Lead, "user.phone_md5", "5", "hash", "user.phone_md5" },
        { Some.Lead, "properties", "{}", "old_format", "properties" },
        { Some.Lead, "event", "\"lead\"", "old_format", "event" },
        { Some.Lead, "eventId", "\"1\"", "old_format", "eventId" },
        { Some.Lead, "device", "{}", "old_format", "device" },
        { Some.Lead, "page", "{}", "old_format", "page" },
        { Some.Lead, "app", "{}", "old_format", "app" },
        { Some.Lead, "id", "31", "type", "id" },
        { Some.Lead, "currency", null, "currency_needed", "currency" },
        { Some.Lead, "currency", "\"eur\"", "currency_code", "currency" },
        { Some.Lead, "currency", "\"EURO\"", "currency_code", "currency" },
        { Some.Lead, "currency", "978", "currency_code", "currency" },
        { Some.Lead, "value", "\"15\"", "amount", "value" },
        { Some.Lead, "value", "-0.01", "amount", "value" },
        { Some.Lead, "value", "1e400", "amount", "value" },
        { Some.Purchase, "id", null, "required", "id" },
        { Some.Purchase, "id", "\"\"", "required", "id" },
        { Some.Purchase, "type", null, "required", "type" },
        { Some.Purchase, "value", null, "required", "value" },
        { Some.Purchase, "revenue", null, "required", "revenue" },
        { Some.Purchase, "status", null, "required", "status" },
        { Some.Purchase, "status", "\"cancelled\"", "status", "status" },
        { Some.Purchase, "payment_method", null, "required", "payment_method" },
        { Some.Purchase, "payment_method", "\"creditCard\"", "payment_method", "payment_method" },
        { Some.PaymentInfo, "payment_method", null, "required", "payment_method" },
        { Some.PaymentInfo, "payment_method", "\"IBAN\"", "payment_method", "payment_method" },
        { Some.Purchase, "coupon", "5", "type", "coupon" },
        { Some.Purchase, "tax_amount", "\"16.00\"", "amount", "tax_amount" },
        { Some.Purchase, "items", null, "required", "items" },
        { Some.Purchase, "items", "[]", "items", "items" },
        { Some.Purchase, "items", "{}", "items", "items" },
        { Some.Purchase, "items", "[5]", "item", "items[0]" },
        { Some.Purchase, "items.0.id", null, "required", "items[0].id" },
        { Some.Purchase, "items.0.id", "5", "type", "items[0].id" },
        { Some.Purchase, "items.0.quantity", null, "required", "items[0].quantity" },
        { Some.Purchase, "items.0.quantity", "\"2\"", "amount", "items[0].quantity" },
        { Some.Purchase, "items.0.discount", "-1", "amount", "items[0].discount" },
        { Some.Purchase, "items.0.variant", "5", "type", "items[0].variant" },
        { Some.Purchase, "items.0.product", null, "required", "items[0].product" },
        { Some.Purchase, "items.0.product", "\"5\"", "product", "items[0].product" },
        { Some.Purchase, "items.0.product.id", null, "required", "items[0].product.id" },
        { Some.Purchase, "items.0.product.name", null, "required", "items[0].product.name" },
        { Some.Purchase, "items.0.product.price", null, "required", "items[0].product.price" },
        { Some.Purchase, "items.0.product.price", "\"41.50\"", "amount", "items[0].product.price" },
        { Some.Purchase, "items.0.product.category_1", "[]", "type", "items[0].product.category_1" },
        { Some.Purchase, "items.0.product.currency", "\"USD\"", "one_currency", "items[0].product.currency" },
        { Some.Purchase, "items.0.product.currency", "1", "currency_code", "items[0].product.currency" },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task One_breach_gives_one_finding_and_refuses_the_event(string json, string member, string? value, string rule, string path)
    {
        var received = (await Recorded.Async(Some.Changed(json, member, value)))[0];
        var finding = Assert.Single(received.Findings);
        Assert.Equal((rule, path), (finding.Rule, finding.Path));
        Assert.Equal(Verdict.InvalidRejected, received.Verdict);
    }
}
