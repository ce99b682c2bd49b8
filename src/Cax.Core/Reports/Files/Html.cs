using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cax.Core.Reports.Files;

/// <summary>
/// A page that is being written. The fixed text of an interpolated string is HTML; whatever fills its gaps is text from outside, and is escaped and
/// rid of what deceives the eye.
/// </summary>
internal sealed class Html
{
    private readonly StringBuilder _html = new();

    /// <summary>In characters.</summary>
    public int Length => _html.Length;

    public void Add(ref Pieces pieces) => _html.Append(pieces.Html);

    /// <summary>Our own style sheet.</summary>
    public void AddStyle(string css) => _html.Append(css);

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_html.ToString());

    /// <summary>The pieces of one interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Pieces(int literalLength, int formattedCount)
    {
        /// <summary>Of one text from outside, in characters.</summary>
        private const int Longest = 2_048;

        private const int TypicalGap = 16;

        public StringBuilder Html { get; } = new(literalLength + (formattedCount * TypicalGap));

        public void AppendLiteral(string html) => Html.Append(html);

        public void AppendFormatted(string? text) => Html.Append(WebUtility.HtmlEncode(PlainText.Of(text ?? "", Longest)));

        public void AppendFormatted(long number) => Html.Append(Words.Number(number));
    }
}
