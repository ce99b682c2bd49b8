using System.Text;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Tests.Mapping.Normalising;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("Caf&eacute; &ndash; 3 &euro;", "Café – 3 €")]
    [InlineData("Tom &amp; Jerry&#39;s &#x1F36A;", "Tom & Jerry's 🍪")]
    [InlineData("&amp;eacute;", "&eacute;")]
    [InlineData("R&D & more &unknown;", "R&D & more &unknown;")]
    public void Entities_are_decoded_once(string given, string expected)
    {
        Assert.Equal(expected, HtmlText.Decode(given));
        Assert.Equal(expected, HtmlText.Decode(Encoding.UTF8.GetBytes(given)));
    }

    [Fact]
    public void A_text_without_entities_is_not_touched()
    {
        const string Plain = "Café – 3 €";
        Assert.Same(Plain, HtmlText.Decode(Plain));
        Assert.Null(HtmlText.Decode("Café – 3 €"u8));
    }
}
