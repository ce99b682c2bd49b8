using System.Buffers;
using System.Text;

namespace Cax.Core.Mapping.Identity;

/// <summary>Phone numbers in E.164, <c>+33612345678</c> (CAX reference 5.1). The country is never guessed.</summary>
internal static class Phones
{
    /// <summary>The most bytes that a number takes.</summary>
    public const int LongestNumber = 16;

    private const int LongestInput = 64;

    private static readonly SearchValues<char> Decoration = SearchValues.Create(" \u00a0\u202f\t-\u2010\u2011.()/");

    /// <summary>
    /// Takes out blanks, dashes, dots and parentheses, reads a leading <c>00</c> as <c>+</c> and drops a trunk zero written as <c>(0)</c>.
    /// Null when the rest is no E.164 number.
    /// </summary>
    public static string? Normalise(string phone)
    {
        Span<byte> number = stackalloc byte[LongestNumber];
        return TryNormalise(phone.AsSpan(), number, out var length) ? Encoding.ASCII.GetString(number[..length]) : null;
    }

    /// <summary>As <see cref="Normalise"/>, from UTF-8 into ASCII; <paramref name="number"/> has room for <see cref="LongestNumber"/> bytes.</summary>
    public static bool TryNormalise(ReadOnlySpan<byte> utf8, Span<byte> number, out int length)
    {
        Span<char> phone = stackalloc char[LongestInput];
        length = 0;
        return Encoding.UTF8.TryGetChars(utf8, phone, out var letters) && TryNormalise(phone[..letters], number, out length);
    }

    private static bool TryNormalise(ReadOnlySpan<char> phone, Span<byte> number, out int length)
    {
        length = 0;
        if (phone.Length > LongestInput)
        {
            return false;
        }

        var rest = phone.TrimStart();
        var isInternational = rest.StartsWith("+") || rest.StartsWith("00");
        Span<char> plain = stackalloc char[LongestInput];
        var count = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            if (isInternational && rest[i..].StartsWith("(0)"))
            {
                i += 2;
            }
            else if (!Decoration.Contains(rest[i]))
            {
                plain[count++] = rest[i];
            }
        }

        plain = plain[..count];
        if (plain.StartsWith("00"))
        {
            plain = plain[1..];
            plain[0] = '+';
        }

        return IsE164(plain) && Encoding.ASCII.TryGetBytes(plain, number, out length);
    }

    private static bool IsE164(ReadOnlySpan<char> phone) =>
        phone.Length is >= 8 and <= LongestNumber && phone[0] == '+' && phone[1] != '0' && phone[1..].IndexOfAnyExceptInRange('0', '9') < 0;
}
