using System.Buffers;

namespace Cax.Core.Mapping.Identity;

/// <summary>Phone numbers in E.164, <c>+33612345678</c> (CAX reference 5.1). The country is never guessed.</summary>
internal static class Phones
{
    private const int LongestInput = 64;

    private static readonly SearchValues<char> Decoration = SearchValues.Create(" \u00a0\u202f\t-\u2010\u2011.()/");

    /// <summary>
    /// Takes out blanks, dashes, dots and parentheses, reads a leading <c>00</c> as <c>+</c> and drops a trunk zero written as <c>(0)</c>.
    /// Null when the rest is no E.164 number.
    /// </summary>
    public static string? Normalise(string phone)
    {
        if (phone.Length > LongestInput)
        {
            return null;
        }

        var international = phone.TrimStart();
        var number = international.StartsWith('+') || international.StartsWith("00", StringComparison.Ordinal)
            ? international.Replace("(0)", "", StringComparison.Ordinal)
            : international;
        var plain = string.Concat(number.Where(c => !Decoration.Contains(c)));
        plain = plain.StartsWith("00", StringComparison.Ordinal) ? "+" + plain[2..] : plain;
        return IsE164(plain) ? plain : null;
    }

    public static bool IsE164(string phone) =>
        phone.Length is >= 8 and <= 16 && phone[0] == '+' && phone[1] != '0' && phone.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;
}
