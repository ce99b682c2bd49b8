using System.Globalization;

namespace Cax.Core.Reports.Files;

/// <summary>Amounts of money as whole numbers of 10^-18, so that sums are exact in whatever order they are made.</summary>
internal static class ExactAmount
{
    private const int Places = 18;

    /// <summary>Below it, a hundred million amounts fit into a sum.</summary>
    private const decimal Limit = 1_000_000_000_000m;

    private static readonly Int128 One = PowerOfTen(Places);

    /// <summary>The amount; false when it is a trillion or more, or has more than eighteen decimals.</summary>
    public static bool TryRead(decimal amount, out Int128 units)
    {
        units = 0;
        if (Math.Abs(amount) >= Limit)
        {
            return false;
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(amount, bits);
        var digits = new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        int scale = amount.Scale;
        for (; scale > Places && digits % 10 == 0; scale--)
        {
            digits /= 10;
        }

        if (scale > Places)
        {
            return false;
        }

        units = digits * PowerOfTen(Places - scale);
        units = decimal.IsNegative(amount) ? -units : units;
        return true;
    }

    /// <summary>The sum as people and programs read it, with a point and at least <paramref name="digits"/> decimals.</summary>
    public static string Text(Int128 units, int digits)
    {
        var sign = units < 0 ? "-" : "";
        var (whole, rest) = Int128.DivRem(Int128.Abs(units), One);
        var fraction = rest.ToString(CultureInfo.InvariantCulture).PadLeft(Places, '0').TrimEnd('0').PadRight(digits, '0');
        return sign + whole.ToString(CultureInfo.InvariantCulture) + (fraction.Length == 0 ? "" : "." + fraction);
    }

    private static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
