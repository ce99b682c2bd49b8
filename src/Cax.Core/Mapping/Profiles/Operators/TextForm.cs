using System.Buffers;
using System.Text;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

internal enum TextChange
{
    Lower,
    Upper,
    Trim,

    /// <summary>HTML entities are decoded, once.</summary>
    Html,
}

/// <summary>A text in another form.</summary>
internal sealed class TextForm(Operator input, TextChange change) : Operator
{
    private const int LongestOnStack = 256;

    private static readonly SearchValues<byte> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryText(at, out var text))
        {
            return false;
        }

        value = Value.Of(change switch
        {
            TextChange.Lower => Lower(at, text.Span),
            TextChange.Upper => Upper(at, text.Span),
            TextChange.Html => Html(at, text),
            _ => text,
        });

        // An entity may stand for a blank.
        return change != TextChange.Html || at.TryText(value, out _);
    }

    /// <summary>Whether it holds letters of ASCII only.</summary>
    public static bool IsLetters(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(Letters) < 0;

    public static ReadOnlyMemory<byte> Lower(Evaluation at, ReadOnlySpan<byte> text) => InCase(at, text, isUpper: false);

    public static ReadOnlyMemory<byte> Upper(Evaluation at, ReadOnlySpan<byte> text) => InCase(at, text, isUpper: true);

    private static ReadOnlyMemory<byte> InCase(Evaluation at, ReadOnlySpan<byte> text, bool isUpper)
    {
        if (Ascii.IsValid(text))
        {
            Span<byte> plain = text.Length <= LongestOnStack ? stackalloc byte[text.Length] : new byte[text.Length];
            _ = isUpper ? Ascii.ToUpper(text, plain, out _) : Ascii.ToLower(text, plain, out _);
            return at.Keep(plain);
        }

        var letters = at.Chars(text);
        Span<char> changed = letters.Length <= LongestOnStack ? stackalloc char[letters.Length] : new char[letters.Length];
        _ = isUpper ? letters.ToUpperInvariant(changed) : letters.ToLowerInvariant(changed);
        return at.Keep(changed);
    }

    private static ReadOnlyMemory<byte> Html(Evaluation at, ReadOnlyMemory<byte> text) =>
        text.Span.Contains((byte)'&') ? at.Keep(HtmlText.Decode(Encoding.UTF8.GetString(text.Span))) : text;
}
