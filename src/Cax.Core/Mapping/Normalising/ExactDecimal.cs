using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Normalising;

/// <summary>
/// Reads decimals as decimals, never through binary floats. A number that <see cref="decimal"/> cannot hold exactly (more than 28
/// significant digits, or more than 28 places) is refused instead of rounded.
/// </summary>
internal static class ExactDecimal
{
    public const string Expected = "a number, or a text such as \"12.50\", of at most 28 significant digits";

    private const int MostDigits = 28;
    private const int MostPlainDigits = 18;

    /// <summary>Reads a JSON number, or a text that holds one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, out decimal value)
    {
        value = 0;
        return JsonText.Kind(json) switch
        {
            JsonValueKind.Number => TryParse(json, out value),
            JsonValueKind.String => TryParse(JsonText.Utf8(json), out value),
            _ => false,
        };
    }

    /// <summary>Reads the notation of a JSON number: no leading zeros, no plus sign, no separators.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out decimal value)
    {
        if (IsPlain(text, out var places, out var digits))
        {
            value = new decimal((int)(uint)digits, (int)(uint)(digits >> 32), 0, false, (byte)places);
            return true;
        }

        value = 0;
        return IsExact(text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>
    /// Whether the text is what nearly all amounts are: up to eighteen digits, perhaps with a point in between. Such a text is also what the decimal
    /// would be written as.
    /// </summary>
    public static bool IsPlain(ReadOnlySpan<byte> text, out int places) => IsPlain(text, out places, out _);

    private static bool IsPlain(ReadOnlySpan<byte> text, out int places, out ulong digits)
    {
        (places, digits) = (0, 0);
        var point = -1;
        for (var i = 0; i < text.Length && i <= MostPlainDigits; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        var whole = point < 0 ? text.Length : point;
        places = point < 0 ? 0 : text.Length - point - 1;
        return text.Length <= MostPlainDigits && whole > 0 && (point < 0 || places > 0) && (whole == 1 || text[0] != '0');
    }

    private static bool IsExact(ReadOnlySpan<byte> text)
    {
        var mantissa = text.StartsWith("-"u8) ? text[1..] : text;
        var exponent = 0;
        if (mantissa.IndexOfAny((byte)'e', (byte)'E') is var at and >= 0)
        {
            var digits = mantissa[(at + 1)..];
            digits = digits.StartsWith("+"u8) ? digits[1..] : digits;
            if (!Utf8Parser.TryParse(digits, out exponent, out var read) || read != digits.Length || Math.Abs((long)exponent) > 1_000)
            {
                return false;
            }

            mantissa = mantissa[..at];
        }

        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var places = point < 0 ? [] : mantissa[(point + 1)..];
        return AreDigits(whole) && (whole.Length == 1 || whole[0] != '0') && (point < 0 || AreDigits(places))
            && Fits(whole, places.TrimEnd((byte)'0'), exponent);
    }

    private static bool Fits(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> places, int exponent)
    {
        var significant = whole.SequenceEqual("0"u8) ? places.TrimStart((byte)'0').Length : whole.Length + places.Length;
        var lastPlace = exponent - places.Length;
        return significant == 0 || (significant <= MostDigits && lastPlace >= -MostDigits && significant + Math.Max(lastPlace, 0) <= MostDigits);
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
