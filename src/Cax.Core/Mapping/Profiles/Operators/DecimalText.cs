using System.Buffers;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A decimal in the notation of its source, such as <c>1.234,56 €</c>. Exact: nothing goes through binary floats.</summary>
internal sealed class DecimalText(Operator input, DecimalNotation notation) : Operator
{
    private const int Longest = 64;

    private static readonly SearchValues<char> Dashes = SearchValues.Create("-\u2212\u2013");

    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryGet(at, out var given) || !at.TryText(given, out var text))
        {
            return false;
        }

        var isJsonNumber = given.Form == ValueForm.Number || (given.Form == ValueForm.Node && at.Tape.Kind(given.Node) == System.Text.Json.JsonValueKind.Number);
        if (isJsonNumber && at.TryNumber(given, out var plain))
        {
            value = Value.Of(plain);
            return true;
        }

        var body = Bare(at.Chars(text.Span), out var isNegative);
        if (body.IsEmpty)
        {
            return false;
        }

        if (!TryRead(body, out var number))
        {
            at.Complain(given, "is no decimal in the notation that the profile gives");
            return false;
        }

        value = Value.Of(isNegative ? -number : number);
        return true;
    }

    /// <summary>Without signs and what is stripped; empty for <c>--</c>, which stands for nothing.</summary>
    private ReadOnlySpan<char> Bare(ReadOnlySpan<char> text, out bool isNegative)
    {
        var from = 0;
        var to = text.Length;
        while (from < to && IsAround(text[from]))
        {
            from++;
        }

        while (to > from && IsAround(text[to - 1]))
        {
            to--;
        }

        isNegative = text[..from].IndexOfAny(Dashes) >= 0 || text[to..].IndexOfAny(Dashes) >= 0;
        return text[from..to];
    }

    private bool IsAround(char c) => char.IsWhiteSpace(c) || Dashes.Contains(c) || c == '+' || notation.Strip.Contains(c);

    private bool TryRead(ReadOnlySpan<char> body, out decimal number)
    {
        number = 0;
        Span<byte> plain = stackalloc byte[Longest];
        var length = 0;
        var sinceGroup = -1;
        var hasMark = false;
        foreach (var c in body)
        {
            if (char.IsAsciiDigit(c) && length < Longest)
            {
                plain[length++] = (byte)c;
                sinceGroup += sinceGroup >= 0 && !hasMark ? 1 : 0;
            }
            else if (c == notation.Mark && !hasMark && length is > 0 and < Longest && sinceGroup is -1 or 3)
            {
                plain[length++] = (byte)'.';
                hasMark = true;
            }
            else if (notation.Group.Contains(c) && !hasMark && length > 0 && (sinceGroup == 3 || (sinceGroup < 0 && length <= 3)))
            {
                sinceGroup = 0;
            }
            else
            {
                return false;
            }
        }

        var digits = plain[..length];
        if (!hasMark && sinceGroup is not (-1 or 3))
        {
            return false;
        }

        return ExactDecimal.TryParse(WithoutZeros(digits), out number);
    }

    /// <summary>The exact reader takes JSON's notation only: no leading zeros, and decimals after a point.</summary>
    private static ReadOnlySpan<byte> WithoutZeros(ReadOnlySpan<byte> digits)
    {
        while (digits.Length > 1 && digits[0] == '0' && digits[1] != '.')
        {
            digits = digits[1..];
        }

        return digits.EndsWith("."u8) ? digits[..^1] : digits;
    }
}
