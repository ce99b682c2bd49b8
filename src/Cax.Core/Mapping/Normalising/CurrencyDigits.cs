namespace Cax.Core.Mapping.Normalising;

/// <summary>How many digits a currency has after the decimal mark (ISO 4217).</summary>
/// <remarks>
/// All current currencies, and those that were withdrawn since 2020, since old orders are sent again too. Not the codes of metals, of
/// drawing rights and for tests, which have no digits.
/// </remarks>
internal static class CurrencyDigits
{
    private const int Letters = 26;

    private const string None = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

    private const string Two = """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE
        CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK
        LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON
        RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST
        XCD XCG YER ZAR ZMW ZWG
        ANG BGN CUC HRK SLL ZWL
        """;

    private const string Three = "BHD IQD JOD KWD LYD OMR TND";
    private const string Four = "CLF UYW";

    /// <summary>By code; one more than the digits, so that 0 is a code that is none.</summary>
    private static readonly byte[] Known = Build();

    /// <summary>The digits of the currency with this code, in either case; false when there is no such currency.</summary>
    public static bool TryGet(ReadOnlySpan<byte> code, out int digits)
    {
        digits = TryIndex(code, out var index) ? Known[index] - 1 : -1;
        if (digits >= 0)
        {
            return true;
        }

        digits = 0;
        return false;
    }

    private static byte[] Build()
    {
        var known = new byte[Letters * Letters * Letters];
        foreach (var (codes, digits) in (ReadOnlySpan<(string, byte)>)[(None, 0), (Two, 2), (Three, 3), (Four, 4)])
        {
            foreach (var code in codes.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                TryIndex([(byte)code[0], (byte)code[1], (byte)code[2]], out var index);
                known[index] = (byte)(digits + 1);
            }
        }

        return known;
    }

    private static bool TryIndex(ReadOnlySpan<byte> code, out int index)
    {
        index = 0;
        if (code.Length != 3)
        {
            return false;
        }

        foreach (var letter in code)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return false;
            }

            index = (index * Letters) + (letter | 0x20) - 'a';
        }

        return true;
    }
}
