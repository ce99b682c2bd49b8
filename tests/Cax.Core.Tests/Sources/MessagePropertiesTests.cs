using Cax.Core.Mapping;
using Cax.Core.Sources;

namespace Cax.Core.Tests.Sources;

public sealed class MessagePropertiesTests
{
    [Fact]
    public void Texts_numbers_and_booleans_are_kept_as_texts_and_anything_else_is_left_out()
    {
        var kept = Of(
            ("text", "orders/create"), ("empty", ""), ("int", 7), ("long", long.MinValue), ("byte", (byte)1), ("double", 0.1), ("decimal", 12.50m), ("yes", true), ("no", false),
            ("time", DateTimeOffset.UnixEpoch), ("guid", Guid.Empty), ("bytes", new byte[] { 1 }));

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["text"] = "orders/create",
                ["empty"] = "",
                ["int"] = "7",
                ["long"] = "-9223372036854775808",
                ["byte"] = "1",
                ["double"] = "0.1",
                ["decimal"] = "12.50",
                ["yes"] = "true",
                ["no"] = "false",
            }.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            kept.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void Names_are_found_in_whatever_case() => Assert.Equal("orders/create", Of(("X-Shopify-Topic", "orders/create"))["x-shopify-topic"]);

    [Fact]
    public void What_is_too_long_or_meant_for_the_connector_is_left_out() => Assert.Equal(
        ["fits"],
        Of(("fits", new string('x', 256)), ("long", new string('x', 257)), (new string('n', 257), "x"), ("", "x"), ("cax-destination", "outlet"), ("CAX-Profile", "x")).Keys);

    [Fact]
    public void Of_too_many_the_first_by_name_are_kept_in_whatever_order_they_come()
    {
        var all = Enumerable.Range(0, 40).Select(i => (FormattableString.Invariant($"p{i:00}"), (object)i)).ToArray();

        Assert.Equal(Of(all), Of([.. all.Reverse()]));
        Assert.Equal(("p00", "p31"), (Of(all).Keys.First(), Of(all).Keys.Last()));
        Assert.Equal(MessageProperties.Most, Of(all).Count);
    }

    [Fact]
    public void Hints_over_others_replace_the_profile_and_single_properties()
    {
        var chosen = new ProfileChoice("a", ProfileRule.Queue);
        var below = new MappingHints(chosen, Of(("x", "1"), ("y", "2")));

        var over = new MappingHints(new ProfileChoice("b", ProfileRule.Property), Of(("X", "9"))).Over(below);

        Assert.Equal("b", over.Profile!.Name);
        Assert.Equal(("9", "2"), (over.Properties["x"], over.Properties["y"]));
        Assert.Equal(below, MappingHints.None.Over(below));
    }

    private static IReadOnlyDictionary<string, string> Of(params (string Name, object Value)[] properties) =>
        MessageProperties.Of(properties.Select(property => KeyValuePair.Create(property.Name, property.Value)));
}
