using System.Text;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Tests.Mapping.Normalising;

public sealed class CurrencyDigitsTests
{
    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("usd", 2)]
    [InlineData("XCG", 2)]
    [InlineData("BGN", 2)]
    [InlineData("JPY", 0)]
    [InlineData("UYI", 0)]
    [InlineData("KWD", 3)]
    [InlineData("Tnd", 3)]
    [InlineData("CLF", 4)]
    [InlineData("UYW", 4)]
    public void A_currency_has_the_digits_of_ISO_4217(string code, int expected)
    {
        Assert.True(CurrencyDigits.TryGet(Encoding.UTF8.GetBytes(code), out var digits));
        Assert.Equal(expected, digits);
    }

    [Theory]
    [InlineData("")]
    [InlineData("EU")]
    [InlineData("EURO")]
    [InlineData("XAU")]
    [InlineData("XXX")]
    [InlineData("ZZZ")]
    [InlineData("E1R")]
    [InlineData("€")]
    [InlineData("[[[")]
    public void What_is_no_currency_has_none(string code)
    {
        Assert.False(CurrencyDigits.TryGet(Encoding.UTF8.GetBytes(code), out var digits));
        Assert.Equal(0, digits);
    }
}
