using System.Text;
using Cax.Core.Events;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Events;

public sealed class HeaviestPathsTests
{
    [Fact]
    public void One_long_text_is_named_wherever_it_hides()
    {
        var purchase = ValidEvents.Purchase().With("$.items[0].product.description", $"\"{new string('x', 18_000)}\"");

        var (path, bytes) = HeaviestPaths.Of(purchase.ToUtf8(), 3)[0];

        Assert.Equal("$.items[0].product.description", path);
        Assert.Equal("\"description\":".Length + 18_002, bytes);
    }

    [Fact]
    public void An_array_is_named_with_its_count_when_the_weight_is_spread()
    {
        var purchase = ValidEvents.Purchase();
        for (var i = 1; i < 200; i++)
        {
            purchase["items"]!.AsArray().Add(purchase["items"]![0]!.DeepClone());
        }

        Assert.Equal("$.items (200 elements)", HeaviestPaths.Of(purchase.ToUtf8(), 3)[0].Path);
    }

    [Fact]
    public void Two_heavy_parts_of_one_object_are_both_named() =>
        Assert.Equal(
            ["$['b c']", "$.a.long", "$.a.short"],
            Paths($$"""{"a":{"long":"{{new string('x', 300)}}","short":"{{new string('x', 200)}}","z":1},"b c":"{{new string('x', 400)}}"}""", 3));

    [Fact]
    public void One_element_that_carries_a_third_does_not_explain_its_array()
    {
        var light = string.Join(',', Enumerable.Repeat($"\"{new string('x', 98)}\"", 20));

        Assert.Equal(["$.a (21 elements)"], Paths($$"""{"a":["{{new string('x', 1_000)}}",{{light}}]}""", 3));
        Assert.Equal(["$.a[0]"], Paths($$"""{"a":["{{new string('x', 3_000)}}",{{light}}]}""", 3));
    }

    [Fact]
    public void They_come_heaviest_first_and_no_more_than_asked_for() =>
        Assert.Equal(["$.c", "$.b"], Paths("""{"a":1,"b":"12345","c":"1234567890"}""", 2));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{\"a\":")]
    [InlineData("7")]
    [InlineData("{}")]
    public void Of_what_has_no_parts_nothing_is_said(string text) => Assert.Empty(Paths(text, 3));

    [Fact]
    public void Names_that_are_no_text_are_survived() =>
        Assert.Equal("$['\\ud83d']", Assert.Single(Paths("""{"\ud83d":"\ud83d"}""", 3)));

    private static IEnumerable<string> Paths(string json, int count) =>
        HeaviestPaths.Of(Encoding.UTF8.GetBytes(json), count).Select(part => part.Path);
}
