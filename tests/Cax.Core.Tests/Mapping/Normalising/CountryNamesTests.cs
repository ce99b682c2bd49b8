using System.Text;
using Cax.Core.Mapping.Identity;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Tests.Mapping.Normalising;

public sealed class CountryNamesTests
{
    [Theory]
    [InlineData("Germany", "DE")]
    [InlineData(" deutschland ", "DE")]
    [InlineData("ÖSTERREICH", "AT")]
    [InlineData("Ελλάδα", "GR")]
    [InlineData("Kyrgyz Republic", "KG")]
    [InlineData("Trinidad & Tobago", "TT")]
    [InlineData("Côte d'Ivoire", "CI")]
    [InlineData("uk", "GB")]
    [InlineData("UAE", "AE")]
    public void A_usual_name_is_a_country(string name, string expected)
    {
        Assert.True(CountryNames.TryGet(Encoding.UTF8.GetBytes(name), out var code));
        Assert.Equal(expected, Encoding.UTF8.GetString(code.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Atlantis")]
    [InlineData("Congo")]
    [InlineData("Korea")]
    [InlineData("DE")]
    [InlineData("FRA")]
    public void Anything_else_is_no_name(string text) => Assert.False(CountryNames.TryGet(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void A_text_longer_than_any_name_or_not_UTF8_is_no_name()
    {
        Assert.False(CountryNames.TryGet(Encoding.UTF8.GetBytes(new string('a', 300)), out _));
        Assert.False(CountryNames.TryGet([0xFF, 0xFE], out _));
    }

    [Theory]
    [InlineData("FRA", true, "FR")]
    [InlineData("gbr", true, "GB")]
    [InlineData("UAE", false, "")]
    [InlineData("FR", false, "")]
    public void Three_letters_are_a_code(string text, bool known, string expected)
    {
        Assert.Equal(known, CountryNames.TryGetOfThreeLetters(Encoding.UTF8.GetBytes(text), out var code));
        Assert.Equal(expected, Encoding.UTF8.GetString(code.Span));
    }

    [Fact]
    public void Looking_a_name_up_allocates_nothing()
    {
        var name = "Schweiz"u8.ToArray();
        CountryNames.TryGet(name, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        CountryNames.TryGet(name, out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("France")]
    [InlineData("Spain")]
    [InlineData("Hong Kong")]
    [InlineData("New Zealand")]
    [InlineData("South Africa")]
    public void A_named_country_has_a_calling_code(string name)
    {
        Assert.True(CountryNames.TryGet(Encoding.UTF8.GetBytes(name), out var code));
        Assert.NotNull(CallingCodes.Of(code.Span));
    }
}
