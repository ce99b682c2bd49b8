using System.Globalization;

namespace Cax.Core.Mapping.Identity;

/// <summary>How the numbers of one country are dialled.</summary>
/// <param name="Code">The calling code, 1 to 999.</param>
/// <param name="Trunks">What is dialled before a number inside the country and is no part of it; empty where there is nothing such.</param>
/// <param name="Shortest">Digits of the shortest number, without calling code and trunk prefix.</param>
/// <param name="Longest">Digits of the longest one.</param>
/// <param name="Abroad">What is dialled there for a number abroad, when it is not <c>00</c>.</param>
internal sealed record CallingCode(int Code, byte[][] Trunks, int Shortest, int Longest, byte[]? Abroad)
{
    public bool Fits(int digits) => digits >= Shortest && digits <= Longest;

    /// <summary>Whether the trunk prefix is a zero, which no number of such a country begins with.</summary>
    public bool DropsZero { get; } = Trunks.Any(trunk => trunk is [(byte)'0']);
}

/// <summary>
/// Calling codes, trunk prefixes and lengths of the countries a shop is likely to meet, after the national numbering plans as published by
/// ITU-T (E.164) in 2025. No phone library: a wrong line here loses a phone number, never a lead.
/// </summary>
/// <remarks>Lengths are wide: they are there to tell a number from a slip of the pen, not to judge a numbering plan.</remarks>
internal static class CallingCodes
{
    /// <summary>Countries, calling code, trunk prefixes (<c>-</c> for none), shortest and longest number, and what is dialled for abroad.</summary>
    private const string Table = """
        US CA AG AI AS BB BM BS DM DO GD GU JM KN KY LC MP MS PR SX TC TT VC VG VI: 1 1 10 10 011
        RU KZ: 7 8 10 10 810
        EG: 20 0 8 10
        ZA: 27 0 9 9
        GR: 30 - 10 10
        NL: 31 0 7 11
        BE: 32 0 8 9
        FR: 33 0 9 9
        ES: 34 - 9 9
        HU: 36 06 8 9
        IT VA: 39 - 6 11
        RO: 40 0 9 9
        CH: 41 0 9 9
        AT: 43 0 5 13
        GB GG IM JE: 44 0 7 10
        DK: 45 - 8 8
        SE: 46 0 7 10
        NO SJ: 47 - 8 8
        PL: 48 - 9 9
        DE: 49 0 6 13
        PE: 51 0 8 9
        MX: 52 01,044,045,1 10 10
        CU: 53 0 6 8
        AR: 54 0 10 11
        BR: 55 0 10 11
        CL: 56 - 9 9
        CO: 57 - 10 10
        VE: 58 0 10 10
        MY: 60 0 8 10
        AU: 61 0 9 10 0011
        ID: 62 0 8 12
        PH: 63 0 8 10
        NZ: 64 0 8 10
        SG: 65 - 8 8
        TH: 66 0 8 9
        JP: 81 0 9 10 010
        KR: 82 0 8 10
        VN: 84 0 9 10
        CN: 86 0 9 11
        TR: 90 0 10 10
        IN: 91 0 10 10
        PK: 92 0 9 10
        AF: 93 0 9 9
        LK: 94 0 9 9
        MM: 95 0 7 10
        IR: 98 0 10 10
        MA EH: 212 0 9 9
        DZ: 213 0 8 9
        TN: 216 - 8 8
        LY: 218 0 8 9
        SN: 221 - 9 9
        ML: 223 - 8 8
        CI: 225 - 10 10
        BF: 226 - 8 8
        TG: 228 - 8 8
        BJ: 229 - 8 10
        MU: 230 - 7 8
        GH: 233 0 9 9
        NG: 234 0 8 10
        CM: 237 - 9 9
        CG: 242 - 9 9
        CD: 243 0 7 9
        AO: 244 - 9 9
        RW: 250 0 9 9
        ET: 251 0 9 9
        KE: 254 0 7 9
        TZ: 255 0 9 9
        UG: 256 0 9 9
        MZ: 258 - 8 9
        ZM: 260 0 9 9
        MG: 261 0 9 9
        RE YT: 262 0 9 9
        ZW: 263 0 8 10
        NA: 264 0 8 9
        BW: 267 - 7 8
        FO: 298 - 6 6
        GL: 299 - 6 6
        GI: 350 - 8 8
        PT: 351 - 9 9
        LU: 352 - 4 11
        IE: 353 0 7 10
        IS: 354 - 7 9
        AL: 355 0 8 9
        MT: 356 - 8 8
        CY: 357 - 8 8
        FI AX: 358 0 5 12
        BG: 359 0 7 9
        LT: 370 0,8 8 8
        LV: 371 - 8 8
        EE: 372 - 7 8
        MD: 373 0 8 8
        AM: 374 0 8 8
        BY: 375 80,8 9 9 810
        AD: 376 - 6 9
        MC: 377 - 8 9
        SM: 378 - 6 10
        UA: 380 0 9 9
        RS: 381 0 7 10
        ME: 382 0 8 8
        XK: 383 0 8 9
        HR: 385 0 8 9
        SI: 386 0 8 8
        BA: 387 0 8 9
        MK: 389 0 8 8
        CZ: 420 - 9 9
        SK: 421 0 9 9
        LI: 423 - 7 9
        BZ: 501 - 7 7
        GT: 502 - 8 8
        SV: 503 - 8 8
        HN: 504 - 8 8
        NI: 505 - 8 8
        CR: 506 - 8 8
        PA: 507 - 7 8
        HT: 509 - 8 8
        GP BL MF: 590 0 9 9
        BO: 591 0 8 8
        GY: 592 - 7 7
        EC: 593 0 8 9
        GF: 594 0 9 9
        PY: 595 0 7 9
        MQ: 596 0 9 9
        SR: 597 - 6 7
        UY: 598 0 7 8
        CW BQ: 599 - 7 8
        BN: 673 - 7 7
        FJ: 679 - 7 7
        NC: 687 - 6 6
        PF: 689 - 6 8
        HK: 852 - 8 8
        MO: 853 - 8 8
        KH: 855 0 8 9
        LA: 856 0 8 10
        BD: 880 0 8 10
        TW: 886 0 8 9
        MV: 960 - 7 7
        LB: 961 0 7 8
        JO: 962 0 8 9
        SY: 963 0 8 9
        IQ: 964 0 8 10
        KW: 965 - 8 8
        SA: 966 0 8 9
        YE: 967 0 7 9
        OM: 968 - 8 8
        PS: 970 0 8 9
        AE: 971 0 8 9
        IL: 972 0 8 9
        BH: 973 - 8 8
        QA: 974 - 8 8
        BT: 975 - 7 8
        MN: 976 0 8 8
        NP: 977 0 8 10
        TJ: 992 - 9 9
        TM: 993 8 8 8 810
        AZ: 994 0 9 9
        GE: 995 0 9 9
        KG: 996 0 9 9
        UZ: 998 8 9 9 810
        """;

    private static readonly CallingCode?[] ByCountry = new CallingCode?[26 * 26];
    private static readonly CallingCode?[] ByCode = new CallingCode?[1_000];

    static CallingCodes()
    {
        foreach (var line in Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var code = Read(line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            ByCode[code.Code] = code;
            foreach (var country in line[..colon].Split(' '))
            {
                ByCountry[Index((byte)country[0], (byte)country[1])] = code;
            }
        }
    }

    /// <summary>The country with these two letters (ISO 3166-1 alpha-2, either case); null when it is not in the table.</summary>
    public static CallingCode? Of(ReadOnlySpan<byte> country) =>
        country.Length == 2 && char.IsAsciiLetter((char)country[0]) && char.IsAsciiLetter((char)country[1])
            ? ByCountry[Index(country[0], country[1])]
            : null;

    /// <summary>The calling code that these digits, written after a <c>+</c>, begin with; null when it is not in the table.</summary>
    public static CallingCode? Before(ReadOnlySpan<byte> digits, out int length)
    {
        var code = 0;
        for (length = 1; length <= 3 && length <= digits.Length; length++)
        {
            code = (code * 10) + digits[length - 1] - '0';
            if (ByCode[code] is { } found)
            {
                return found;
            }
        }

        length = 0;
        return null;
    }

    private static int Index(byte first, byte second) => (((first | 0x20) - 'a') * 26) + ((second | 0x20) - 'a');

    private static CallingCode Read(string[] fields)
    {
        var trunks = fields[1] == "-" ? [] : fields[1].Split(',').Select(Digits).ToArray();
        return new CallingCode(Number(fields[0]), trunks, Number(fields[2]), Number(fields[3]), fields.Length > 4 ? Digits(fields[4]) : null);
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static byte[] Digits(string text) => [.. text.Select(c => (byte)c)];
}
