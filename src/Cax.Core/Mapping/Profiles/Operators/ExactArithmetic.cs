using System.Numerics;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>Decimals that are never rounded behind anybody's back: what does not come out exactly is no result.</summary>
internal static class ExactArithmetic
{
    /// <summary>The places after the point that a decimal can hold.</summary>
    public const int MostPlaces = 28;

    /// <summary>The places of a quotient that does not come out.</summary>
    private const int QuotientPlaces = 20;

    private static readonly BigInteger Largest = (BigInteger)decimal.MaxValue;

    public static bool TryAdd(decimal a, decimal b, out decimal sum)
    {
        if (IsSmall(a) && IsSmall(b))
        {
            sum = a + b;
            return true;
        }

        var places = Math.Max(a.Scale, b.Scale);
        return TryMake(Whole(a, places) + Whole(b, places), places, out sum);
    }

    public static bool TryMultiply(decimal a, decimal b, out decimal product)
    {
        if (IsSmall(a) && IsSmall(b))
        {
            product = a * b;
            return true;
        }

        return TryMake(Whole(a, a.Scale) * Whole(b, b.Scale), a.Scale + b.Scale, out product);
    }

    /// <summary>The quotient, to 20 places when it does not come out; money is rounded to far fewer.</summary>
    public static bool TryDivide(decimal a, decimal b, out decimal ratio)
    {
        ratio = 0;
        if (b == 0)
        {
            return false;
        }

        // Most prices come out to a few places. That is known when the way back is exact too, which twelve digits by fourteen are.
        if (IsSmall(a) && IsSmall(b) && (a / b) is { Scale: <= 6 } quick && Math.Abs(quick) < 1_000_000m && quick * b == a)
        {
            ratio = quick;
            return true;
        }

        var dividend = Whole(a, a.Scale) * BigInteger.Pow(10, QuotientPlaces + b.Scale);
        var divisor = Whole(b, b.Scale) * BigInteger.Pow(10, a.Scale);
        var quotient = BigInteger.DivRem(dividend, divisor, out var rest);
        if (BigInteger.Abs(rest) * 2 >= BigInteger.Abs(divisor))
        {
            quotient += dividend.Sign * divisor.Sign;
        }

        var places = QuotientPlaces;
        for (; places > 0 && quotient % 10 == 0; places--)
        {
            quotient /= 10;
        }

        return TryMake(quotient, places, out ratio);
    }

    /// <summary>Eight digits before the point and six after it: two such numbers fill no more than the 28 digits that a decimal surely has.</summary>
    private static bool IsSmall(decimal value) => value.Scale <= 6 && Math.Abs(value) < 100_000_000m;

    private static BigInteger Whole(decimal value, int places)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var whole = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return (value < 0 ? -whole : whole) * BigInteger.Pow(10, places - value.Scale);
    }

    private static bool TryMake(BigInteger whole, int places, out decimal value)
    {
        value = 0;
        while (places > 0 && (places > MostPlaces || BigInteger.Abs(whole) > Largest))
        {
            whole = BigInteger.DivRem(whole, 10, out var lost);
            if (!lost.IsZero)
            {
                return false;
            }

            places--;
        }

        if (BigInteger.Abs(whole) > Largest)
        {
            return false;
        }

        var magnitude = BigInteger.Abs(whole);
        value = new decimal(
            (int)(uint)(magnitude & uint.MaxValue), (int)(uint)((magnitude >> 32) & uint.MaxValue), (int)(uint)((magnitude >> 64) & uint.MaxValue),
            whole.Sign < 0, (byte)places);
        return true;
    }
}
