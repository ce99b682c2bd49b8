using Cax.Core.Events;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Events;

public sealed class StandardEventTests
{
    // Written out once more, from the reference and not from the code, so that a slip in either shows.
    public static readonly TheoryData<string, string> Required = new()
    {
        { "purchase", "id type value revenue currency payment_method status items" },
        { "refund", "id type revenue value currency" },
        { "generate_lead", "" },
        { "sign_up", "" },
        { "login", "" },
        { "begin_checkout", "revenue value currency items" },
        { "add_payment_info", "payment_method" },
        { "add_shipping_info", "value currency items" },
        { "add_to_cart", "value currency items" },
        { "remove_from_cart", "items" },
        { "add_to_wishlist", "items" },
        { "view_cart", "items" },
        { "view_item", "value currency items" },
        { "view_item_list", "items" },
        { "select_item", "items" },
        { "search", "search_term" },
        { "select_content", "" },
        { "page_view", "page_type" },
        { "ad_click", "medium source" },
        { "ad_view", "medium source" },
    };

    public static IEnumerable<TheoryDataRow<string>> All => ValidEvents.Names.Select(name => new TheoryDataRow<string>(name));

    [Fact]
    public void The_reference_has_twenty_of_them() =>
        Assert.Equal(Required.Select(row => row.Data.Item1), StandardEvents.Names);

    [Theory]
    [MemberData(nameof(All))]
    public void A_valid_one_has_no_finding(string name)
    {
        Assert.Empty(Judge.Event(ValidEvents.Of(name)));
        Assert.Empty(Judge.Event(ValidEvents.Of(name), new EventOptions { Strict = true }));
    }

    [Theory]
    [MemberData(nameof(Required))]
    public void What_it_requires_must_be_there_and_null_is_not(string name, string required)
    {
        foreach (var property in required.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // An amount that stands there without its currency is told as that.
            var code = property == "currency" ? "CAX031" : "CAX030";
            string[] expected = [$"{code} E $.{property}"];

            Assert.Equal(expected, Judge.Event(ValidEvents.Of(name).With("$." + property, null)));
            Assert.Equal(expected, Judge.Event(ValidEvents.Of(name).With("$." + property, "null")));
        }
    }

    [Theory]
    [MemberData(nameof(Required))]
    public void What_it_requires_must_have_the_right_type(string name, string required)
    {
        foreach (var property in required.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Equal([$"CAX030 E $.{property}"], Judge.Event(ValidEvents.Of(name).With("$." + property, "true")));
        }
    }

    [Theory]
    [MemberData(nameof(Required))]
    public void What_it_does_not_require_may_be_absent(string name, string required)
    {
        var @event = ValidEvents.Of(name);
        foreach (var property in @event.Select(p => p.Key).Except([.. required.Split(' '), "event_name", "user", "context"]).ToList())
        {
            @event.Remove(property);
        }

        Assert.DoesNotContain(Judge.Event(@event), finding => finding.Contains(" E ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    [InlineData("\"\\u00a0\\t\"")]
    [InlineData("20931")]
    public void A_required_text_is_not_blank_and_no_number(string id) =>
        Assert.Equal(["CAX030 E $.id"], Judge.Event(ValidEvents.Purchase().With("$.id", id)));

    [Fact]
    public void An_amountless_purchase_misses_its_currency_like_any_property() =>
        Assert.Equal(
            ["CAX030 E $.value", "CAX030 E $.revenue", "CAX030 E $.currency"],
            Judge.Event(ValidEvents.Purchase().With("$.value", null).With("$.revenue", null).With("$.currency", null)));

    [Fact]
    public void A_video_event_is_standard() =>
        Assert.Empty(Judge.Event(ValidEvents.Of("login").With("$.event_name", "\"video_start\"")));
}
