using System.Text;

namespace Cax.Core.Mapping.Identity;

/// <summary>
/// Phone numbers in E.164, <c>+33612345678</c> (CAX reference 5.1). The country is never guessed: a national number needs one.
/// </summary>
/// <remarks>
/// Blanks, dashes, dots, slashes and parentheses are taken out, a leading <c>00</c> (or what the country dials instead) is read as <c>+</c>,
/// a trunk prefix is dropped, and so is an extension (<c>x37438</c>, <c>ext. 5</c>, <c>#5</c>). Letters that stand for digits are not read.
/// </remarks>
internal static class Phones
{
    /// <summary>A plus and fifteen digits.</summary>
    public const int Longest = 16;

    private const int LongestInput = 64;
    private const int MostDigits = 24;
    private const int LongestExtension = 8;

    /// <summary>The number in E.164; null when it is national, or cannot be normalised.</summary>
    public static string? Normalise(string phone) => Normalise(phone, null);

    /// <summary>The number in E.164, a national one as a number of <paramref name="country"/>; null when it cannot be normalised.</summary>
    /// <param name="phone">The number as somebody wrote it.</param>
    /// <param name="country">ISO 3166-1 alpha-2, either case; null, or one that the table does not have, when it is not known.</param>
    public static string? Normalise(string phone, string? country)
    {
        if (phone.Length > LongestInput)
        {
            return null;
        }

        Span<byte> utf8 = stackalloc byte[LongestInput * 3];
        Span<byte> letters = stackalloc byte[2];
        Span<byte> number = stackalloc byte[Longest];
        var length = Encoding.UTF8.GetBytes(phone, utf8);
        var known = country is { Length: 2 } && Encoding.UTF8.TryGetBytes(country, letters, out _) ? letters : [];
        return TryNormalise(utf8[..length], known, number, out var written) ? Encoding.ASCII.GetString(number[..written]) : null;
    }

    /// <summary>The same for UTF-8 text, without an allocation. <paramref name="destination"/> needs room for <see cref="Longest"/> bytes.</summary>
    public static bool TryNormalise(ReadOnlySpan<byte> utf8, ReadOnlySpan<byte> country, Span<byte> destination, out int written)
    {
        written = 0;
        Span<byte> buffer = stackalloc byte[MostDigits];
        if (Encoding.UTF8.GetCharCount(utf8) > LongestInput || !TryReadDigits(utf8, buffer, out var count, out var international, out var bracketedZero))
        {
            return false;
        }

        var home = CallingCodes.Of(country);
        var abroad = international ? 0 : AbroadPrefix(buffer[..count], home);
        if (!international && abroad == 0)
        {
            return home is not null && TryWriteNational(buffer[..count], home, destination, out written);
        }

        if (bracketedZero > abroad)
        {
            buffer[(bracketedZero + 1)..count].CopyTo(buffer[bracketedZero..]);
            count--;
        }

        return TryWriteInternational(buffer[abroad..count], destination, out written);
    }

    public static bool IsE164(string phone) =>
        phone.Length is >= 8 and <= Longest && phone[0] == '+' && phone[1] != '0' && phone.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static int AbroadPrefix(ReadOnlySpan<byte> digits, CallingCode? home)
    {
        if (home?.Abroad is { } prefix && digits.StartsWith(prefix))
        {
            return prefix.Length;
        }

        return digits.StartsWith("00"u8) ? 2 : 0;
    }

    private static bool TryWriteInternational(ReadOnlySpan<byte> digits, Span<byte> destination, out int written)
    {
        written = 0;
        if (CallingCodes.Before(digits, out var codeLength) is not { } code)
        {
            return TryWrite([], digits, destination, out written);
        }

        var number = digits[codeLength..];
        if (AfterTrunk(number, code) is var rest && code.Fits(rest.Length))
        {
            number = rest;
        }

        return code.Fits(number.Length) && TryWrite(digits[..codeLength], number, destination, out written);
    }

    private static bool TryWriteNational(ReadOnlySpan<byte> digits, CallingCode home, Span<byte> destination, out int written)
    {
        written = 0;
        Span<byte> code = stackalloc byte[3];
        System.Buffers.Text.Utf8Formatter.TryFormat(home.Code, code, out var codeLength);
        code = code[..codeLength];

        var number = AfterTrunk(digits, home);
        var isNational = home.Fits(number.Length);
        var isInternational = number.Length == digits.Length && digits.StartsWith(code) && home.Fits(digits.Length - codeLength);

        // Where national numbers are written with a zero, one without it may be international without its plus: 4930123456 in Germany is both.
        if (isNational && isInternational && home.DropsZero)
        {
            return false;
        }

        return isNational
            ? TryWrite(code, number, destination, out written)
            : isInternational && TryWrite(code, digits[codeLength..], destination, out written);
    }

    /// <summary>
    /// The number without a trunk prefix. A leading zero is always one where the country has it. Any other may be the beginning of a number
    /// (<c>800</c> in Russia), so it goes only when the rest is a whole number.
    /// </summary>
    private static ReadOnlySpan<byte> AfterTrunk(ReadOnlySpan<byte> number, CallingCode code)
    {
        foreach (var trunk in code.Trunks)
        {
            if (number.StartsWith(trunk) && (trunk is [(byte)'0'] || code.Fits(number.Length - trunk.Length)))
            {
                return number[trunk.Length..];
            }
        }

        return number;
    }

    private static bool TryWrite(ReadOnlySpan<byte> code, ReadOnlySpan<byte> number, Span<byte> destination, out int written)
    {
        written = 0;
        var digits = code.Length + number.Length;
        if (digits is < 7 or > Longest - 1 || (code.IsEmpty ? number[0] : code[0]) == '0')
        {
            return false;
        }

        destination[0] = (byte)'+';
        code.CopyTo(destination[1..]);
        number.CopyTo(destination[(1 + code.Length)..]);
        written = 1 + digits;
        return true;
    }

    /// <summary>Reads the digits up to an extension. <paramref name="bracketedZero"/> is where the zero of a <c>(0)</c> stands among them, or -1.</summary>
    private static bool TryReadDigits(ReadOnlySpan<byte> utf8, Span<byte> digits, out int count, out bool international, out int bracketedZero)
    {
        count = 0;
        international = false;
        bracketedZero = -1;
        while (!utf8.IsEmpty)
        {
            if (char.IsAsciiDigit((char)utf8[0]))
            {
                if (count == digits.Length)
                {
                    return false;
                }

                digits[count++] = utf8[0];
                utf8 = utf8[1..];
            }
            else if (utf8[0] == '+')
            {
                if (international || count > 0)
                {
                    return false;
                }

                international = true;
                utf8 = utf8[1..];
            }
            else if (count > 0 && IsExtension(utf8))
            {
                break;
            }
            else
            {
                if (count > 0 && bracketedZero < 0 && utf8.StartsWith("(0)"u8))
                {
                    bracketedZero = count;
                }

                if (Decoration(utf8) is not (var length and > 0))
                {
                    return false;
                }

                utf8 = utf8[length..];
            }
        }

        return count > 0;
    }

    private static bool IsExtension(ReadOnlySpan<byte> utf8)
    {
        var rest = utf8.TrimStart(";, "u8);
        foreach (var mark in (ReadOnlySpan<string>)["extension", "ext", "x", "#"])
        {
            if (rest.Length > mark.Length && Ascii.EqualsIgnoreCase(rest[..mark.Length], mark))
            {
                var extension = rest[mark.Length..].TrimStart(".:= "u8).TrimEnd((byte)' ');
                return extension.Length is > 0 and <= LongestExtension && !extension.ContainsAnyExceptInRange((byte)'0', (byte)'9');
            }
        }

        return false;
    }

    /// <summary>How many bytes the decoration at the beginning has; 0 when it is something else.</summary>
    private static int Decoration(ReadOnlySpan<byte> utf8)
    {
        Rune.DecodeFromUtf8(utf8, out var rune, out var length);
        return rune.Value is ' ' or '\t' or '-' or '.' or '(' or ')' or '/' || IsUnicodeDecoration(rune.Value) ? length : 0;
    }

    /// <summary>Blanks that do not break, dashes, and the marks of direction that address books put around a number they copy.</summary>
    private static bool IsUnicodeDecoration(int rune) =>
        rune is 0x00A0 or 0x2007 or 0x202F or (>= 0x2010 and <= 0x2015) or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or 0x2060 or 0xFEFF;
}
