using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A country code of two or three letters (ISO 3166-1), in upper case.</summary>
internal sealed class Country(Operator input) : Operator
{
    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryGet(at, out var given) || !at.TryText(given, out var text))
        {
            return false;
        }

        if (text.Length is not (2 or 3) || !IsLetters(text.Span))
        {
            at.Complain(given, "is no country code of two or three letters (ISO 3166-1)");
            return false;
        }

        value = Value.Of(TextForm.Upper(at, text.Span));
        return true;
    }

    private static bool IsLetters(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return false;
            }
        }

        return true;
    }
}
