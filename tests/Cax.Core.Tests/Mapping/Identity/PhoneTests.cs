using Cax.Core.Mapping.Identity;

namespace Cax.Core.Tests.Mapping.Identity;

public sealed class PhoneTests
{
    [Theory]
    [InlineData("+33612345678", "+33612345678")]
    [InlineData(" +33 6.12-34 56 78 ", "+33612345678")]
    [InlineData("0033 6 12 34 56 78", "+33612345678")]
    [InlineData("+44 (0)20 7946 0958", "+442079460958")]
    [InlineData("+1 (555) 555-5555", "+15555555555")]
    public void Decoration_is_taken_out(string given, string expected) => Assert.Equal(expected, Phones.Normalise(given));

    [Theory]
    [InlineData("0612345678")]
    [InlineData("(555) 555-5555")]
    [InlineData("+1-588-734-6947x37438")]
    [InlineData("001-")]
    [InlineData("+0612345678")]
    [InlineData("+1234567890123456")]
    [InlineData("+33٦12345678")]
    [InlineData("")]
    [InlineData("+")]
    public void The_country_is_never_guessed(string given) => Assert.Null(Phones.Normalise(given));
}
