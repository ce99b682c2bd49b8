using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cax.Core.Events;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Events;

public sealed class HostileInputTests
{
    private static string Lead => Encoding.UTF8.GetString(ValidEvents.Lead().ToUtf8());

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"event\"")]
    [InlineData("12")]
    [InlineData("NaN")]
    [InlineData("{} {}")]
    [InlineData("{},")]
    [InlineData("\uFEFF{}")]
    public void What_is_no_JSON_object_is_no_event(string text) => Assert.Equal(["CAX001 E $"], Judge.Text(text));

    [Theory]
    [InlineData("""{"user":{"id":"C"}""", "CAX001 E $.user")]
    [InlineData("""{"items":[{"id":1},{"id":}]}""", "CAX001 E $.items[1].id")]
    [InlineData("""{"a b":tru}""", "CAX001 E $['a b']")]
    [InlineData("""{"a":1,}""", "CAX001 E $.a")]
    [InlineData("{\"a\":1 // no\n}", "CAX001 E $.a")]
    [InlineData("""{"a":"\ud83d"}""", "CAX001 E $.a")]
    [InlineData("""{"a":["ok","\ude00 turned \ud83d round"]}""", "CAX001 E $.a[1]")]
    [InlineData("""{"a":{"\udc00":1}}""", "CAX001 E $.a['\\udc00']")]
    public void Broken_JSON_is_told_with_its_place(string text, string finding) => Assert.Equal([finding], Judge.Text(text));

    [Fact]
    public void A_whole_escaped_pair_is_an_ordinary_letter() =>
        Assert.Empty(Judge.Text(Lead.Replace("quote_form", "\\ud83d\\ude00 \\\\ud83d", StringComparison.Ordinal)));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_told_with_their_position()
    {
        var utf8 = ValidEvents.Lead().ToUtf8();
        utf8[20] = 0xE9;

        var finding = Assert.Single(Judge.Findings(utf8));

        Assert.Equal(("CAX001", "$"), (finding.Code, finding.Path));
        Assert.Equal("is not UTF-8 at byte 20; send the text in UTF-8", finding.Message);
    }

    [Fact]
    public void A_name_that_stands_twice_is_told_beside_everything_else() =>
        Assert.Equal(
            ["CAX001 E $.value", "CAX001 E $.user.id", "CAX032 E $.currency"],
            Judge.Text(Lead
                .Replace("\"id\":\"C-771\"", "\"id\":\"C-771\",\"id\":\"C-772\"", StringComparison.Ordinal)
                .Replace("\"currency\":\"EUR\"", "\"currency\":\"eur\",\"v\\u0061lue\":7", StringComparison.Ordinal))
                .Select(finding => finding.Replace("['v\\u0061lue']", ".value", StringComparison.Ordinal)));

    [Fact]
    public void Sixty_four_levels_are_deep_enough()
    {
        Assert.Empty(Judge.Text(Nested(63)));
        Assert.StartsWith("CAX001 E $.deep[0][0]", Assert.Single(Judge.Text(Nested(64))), StringComparison.Ordinal);
        Assert.StartsWith("CAX001 E $.deep[0][0]", Judge.Text(Nested(100_000))[^1], StringComparison.Ordinal);

        static string Nested(int levels) => Lead[..^1] + ",\"deep\":" + new string('[', levels) + new string(']', levels) + "}";
    }

    [Fact]
    public void A_long_name_is_cut_and_a_control_character_never_breaks_a_line()
    {
        var user = ValidEvents.Lead();
        user["user"]!["line\nbreak_md5"] = "x";
        user["user"]![new string('n', 500) + "_md5"] = "x";

        Assert.Equal(
            ["CAX025 E $.user['line\uFFFDbreak_md5']", $"CAX025 E $.user['{new string('n', 64)}…']"],
            Judge.Event(user));
    }

    [Theory]
    [InlineData("1e999999999")]
    [InlineData("79228162514264337593543950336")]
    public void A_number_no_decimal_holds_is_no_amount(string number) =>
        Assert.Equal(["CAX034 E $.value"], Judge.Event(ValidEvents.Lead().With("$.value", number)));

    [Fact]
    public void Amounts_at_the_edge_of_a_decimal_do_not_overflow()
    {
        var purchase = ValidEvents.Purchase();
        foreach (var amount in new[] { "revenue", "tax_amount", "shipping_amount" })
        {
            purchase.With("$." + amount, "79228162514264337593543950335");
        }

        Assert.Empty(Judge.Event(purchase));
    }

    [Fact]
    public void Every_truncation_of_an_event_is_survived()
    {
        var utf8 = ValidEvents.Purchase().ToUtf8();
        for (var length = 0; length < utf8.Length; length++)
        {
            var finding = Assert.Single(Judge.Findings(utf8[..length]));
            Assert.Equal("CAX001", finding.Code);
        }
    }

    [Fact]
    public void Random_damage_is_survived()
    {
        var random = new Random(20931);
        var valid = ValidEvents.Purchase().ToUtf8();
        for (var round = 0; round < 5_000; round++)
        {
            var damaged = valid.ToArray();
            for (var hit = 0; hit <= round % 4; hit++)
            {
                damaged[random.Next(damaged.Length)] = (byte)(hit == 1 ? "\\\"{}[]u,:0-"[random.Next(11)] : random.Next(256));
            }

            Judge.Findings(damaged);
            Judge.BatchBytes([.. "{\"batch\":["u8, .. damaged, .. "]}"u8]);
            HeaviestPaths.Of(damaged, 3);
        }
    }

    [Fact]
    public void A_crowd_of_names_or_categories_costs_no_more_than_its_size()
    {
        var names = string.Join(',', Enumerable.Range(0, 40_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"n{i}\":1")));
        var categories = string.Join(',', Enumerable.Range(0, 40_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"{i}\"")));
        var watch = Stopwatch.StartNew();

        Assert.Equal(["CAX060 E $"], Judge.Text(Lead[..^1] + "," + names + "}"));
        Assert.Equal(["CAX060 E $"], Judge.Text(Lead.Replace("\"1\",\"3\"", categories, StringComparison.Ordinal)));

        // Quadratic work would take many times as long.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }
}
