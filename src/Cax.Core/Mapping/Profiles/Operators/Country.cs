using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A country as two letters, or as the three that were given (ISO 3166-1), in upper case; a usual name is read too.</summary>
internal sealed class Country(Operator input) : Operator
{
    public const string Complaint = "is neither a country code of two or three letters (ISO 3166-1) nor the usual name of a country";

    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryGet(at, out var given) || !at.TryText(given, out var text))
        {
            return false;
        }

        var code = CodeOf(at, text.Span);
        if (code.IsEmpty)
        {
            at.Complain(given, Complaint);
            return false;
        }

        value = Value.Of(code);
        return true;
    }

    /// <summary>Two letters for a name, the letters of a code in upper case; empty for anything else.</summary>
    public static ReadOnlyMemory<byte> CodeOf(Evaluation at, ReadOnlySpan<byte> text)
    {
        if (CountryNames.TryGet(text, out var code))
        {
            return code;
        }

        return text.Length is 2 or 3 && IsLetters(text) ? TextForm.Upper(at, text) : default;
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
