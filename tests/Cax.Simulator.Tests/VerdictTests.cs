using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

public sealed class VerdictTests
{
    /// <summary>Standard event, and what the reference requires of it besides the user.</summary>
    public static TheoryData<string, string[]> Required => new()
    {
        { "purchase", ["id", "type", "value", "revenue", "currency", "payment_method", "status", "items"] },
        { "refund", ["id", "type", "revenue", "value", "currency"] },
        { "generate_lead", [] },
        { "sign_up", [] },
        { "login", [] },
        { "begin_checkout", ["revenue", "value", "currency", "items"] },
        { "add_payment_info", ["payment_method"] },
        { "add_shipping_info", ["value", "currency", "items"] },
        { "add_to_cart", ["value", "currency", "items"] },
        { "remove_from_cart", ["items"] },
        { "add_to_wishlist", ["items"] },
        { "view_cart", ["items"] },
        { "view_item", ["value", "currency", "items"] },
        { "view_item_list", ["items"] },
        { "select_item", ["items"] },
        { "search", ["search_term"] },
        { "select_content", [] },
        { "page_view", ["page_type"] },
        { "ad_click", ["medium", "source"] },
        { "ad_view", ["medium", "source"] },
        { "brochure_ordered", [] },
    };

    [Fact]
    public async Task A_batch_of_an_order_and_a_lead_is_valid_twice()
    {
        var events = await Recorded.Async(Some.Purchase, Some.Lead);
        Assert.Equal(2, events.Count);
        Assert.All(events, received => Assert.Empty(received.Findings));
        Assert.All(events, received => Assert.Equal(Verdict.Valid, received.Verdict));
        Assert.Equal(["purchase", "generate_lead"], events.Select(received => received.Name));
        Assert.Equal("6c0c3f5e-0f3a-5d7e-8a43-0d1f7a528c11", events[0].Id);
    }

    [Theory]
    [InlineData("context.event_timestamp", "1764072750000")]
    [InlineData("user.consent_categories", "[]")]
    [InlineData("user.consent_categories", "[1,2]")]
    [InlineData("user.consent_categories", null)]
    [InlineData("value", "0")]
    [InlineData("custom_member", "{\"any\":[null]}")]
    [InlineData("items", "[]")]
    [InlineData("user.phone_md5", "\"60dd761f55cb17f0532c9fb1679e8ddd\"")]
    [InlineData("context.event_id", "\"é\"")]
    public async Task These_are_no_breaches(string path, string? value)
    {
        Assert.Empty((await Recorded.Async(Some.Changed(Some.Lead, path, value)))[0].Findings);
    }

    [Theory]
    [MemberData(nameof(Required))]
    public async Task A_standard_event_misses_exactly_what_the_reference_requires(string name, string[] required)
    {
        var bare = $$$"""
            {"event_name":"{{{name}}}","user":{"consistent_anonymous_id":"a"},"context":{"event_id":"1","event_timestamp":1764061260000}}
            """;
        var received = (await Recorded.Async(bare))[0];
        Assert.Equal(required.Order(), received.Findings.Select(finding => finding.Path).Order());
        Assert.All(received.Findings, finding => Assert.Equal(("required", FindingKind.Missing), (finding.Rule, finding.Kind)));
    }

    [Fact]
    public async Task Two_products_must_have_one_currency_even_when_the_event_has_none()
    {
        const string json = """
            {"event_name":"view_cart","user":{"consistent_anonymous_id":"a"},"context":{"event_id":"1","event_timestamp":1764061260000},
            "items":[{"id":"1","quantity":1,"product":{"id":"1","name":"A","price":1,"currency":"EUR"}},
            {"id":"2","quantity":1,"product":{"id":"2","name":"B","price":1,"currency":"CHF"}}]}
            """;
        var finding = Assert.Single((await Recorded.Async(json))[0].Findings);
        Assert.Equal(("one_currency", "items[1].product.currency"), (finding.Rule, finding.Path));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"purchase\"")]
    [InlineData("null")]
    public async Task What_is_no_object_is_no_event(string json)
    {
        var received = (await Recorded.Async(json))[0];
        Assert.Equal("event_object", Assert.Single(received.Findings).Rule);
        Assert.Equal((null, null, Verdict.InvalidRejected), (received.Name, received.Id, received.Verdict));
    }

    [Theory]
    [InlineData("""{"event_name":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    public async Task Half_a_surrogate_pair_is_json_but_no_text(string json)
    {
        var events = await Recorded.Async(Some.Lead, json);
        Assert.Equal("text", Assert.Single(events[1].Findings).Rule);
        Assert.Equal(Verdict.Valid, events[0].Verdict);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_beside_the_batch_does_no_harm()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { TimeProvider = new FixedClock(Some.Noon) });
        Assert.Equal(200, await twin.PostBatchAsync($$"""{"batch":[{{Some.Lead}}],"\ud800":1}""").StatusAsync());
        Assert.Equal(Verdict.Valid, Assert.Single(twin.Events()).Verdict);
    }

    [Theory]
    [InlineData(BreachAction.Reject, BreachAction.Reject, Verdict.InvalidRejected, Verdict.InvalidRejected, Verdict.InvalidRejected)]
    [InlineData(BreachAction.Reject, BreachAction.Accept, Verdict.InvalidRejected, Verdict.InvalidAccepted, Verdict.InvalidRejected)]
    [InlineData(BreachAction.Accept, BreachAction.Reject, Verdict.InvalidAccepted, Verdict.InvalidRejected, Verdict.InvalidRejected)]
    [InlineData(BreachAction.Accept, BreachAction.Accept, Verdict.InvalidAccepted, Verdict.InvalidAccepted, Verdict.InvalidAccepted)]
    public async Task The_workspace_decides_what_a_breach_does(
        BreachAction missing, BreachAction format, Verdict whenMissing, Verdict whenMalformed, Verdict whenBoth)
    {
        var incomplete = Some.Changed(Some.Purchase, "status", null);
        var malformed = Some.Changed(Some.Purchase, "currency", "\"eur\"");
        var both = Some.Changed(incomplete, "currency", "\"eur\"");
        await using var twin = await CaxTwin.StartAsync(
            new TwinOptions { MissingProperty = missing, BadFormat = format, TimeProvider = new FixedClock(Some.Noon) });
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(incomplete, malformed, both)).StatusAsync());
        Assert.Equal([whenMissing, whenMalformed, whenBoth], twin.Events().Select(received => received.Verdict));
    }

    [Fact]
    public async Task A_finding_never_holds_a_value_of_the_event()
    {
        var json = Some.Changed(Some.Changed(Some.Lead, "user.email", "[\"jane.roe@example.com\"]"), "user.email_md5", "\"jane.roe@example.com\"");
        var findings = (await Recorded.Async(json))[0].Findings;
        Assert.Equal(["array", "string"], findings.Select(finding => finding.Found));
        Assert.All(findings, finding => Assert.DoesNotContain("jane", finding.ToString(), StringComparison.Ordinal));
    }
}
