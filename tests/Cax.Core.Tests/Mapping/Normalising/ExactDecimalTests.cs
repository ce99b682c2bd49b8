using System.Globalization;
using System.Text;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Tests.Mapping.Normalising;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("12.50", "12.50")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("2449.999999", "2449.999999")]
    [InlineData("1e2", "100")]
    [InlineData("1.5E-3", "0.0015")]
    [InlineData("1.00000000000000000000000000000000000000000", "1.0000000000000000000000000000")]
    [InlineData("1234567890123456789012345678", "1234567890123456789012345678")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("0e999", "0")]
    public void A_number_that_fits_is_read_exactly(string text, string expected)
    {
        Assert.True(ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text), out var value));
        Assert.Equal(expected, value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1,5")]
    [InlineData("1 ")]
    [InlineData("NaN")]
    [InlineData("1e")]
    [InlineData("1e99999999999")]
    [InlineData("1e400")]
    [InlineData("1e-29")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("0.12345678901234567890123456789")]
    [InlineData("1.2345678901234567890123456789e5")]
    [InlineData("٣")]
    public void Anything_else_is_refused_rather_than_rounded(string text) =>
        Assert.False(ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
