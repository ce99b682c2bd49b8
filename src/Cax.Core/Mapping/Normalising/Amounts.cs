using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Normalising;

/// <summary><c>value = revenue + shipping_amount + tax_amount</c> (CAX reference 4.8), in exact decimals.</summary>
internal static class Amounts
{
    /// <summary>Works out <c>revenue</c> or <c>value</c> when it is the only one of the four that is missing.</summary>
    public static void Complete(Members root)
    {
        var lacksRevenue = root.Lacks("revenue"u8);
        if (lacksRevenue == root.Lacks("value"u8)
            || !ExactDecimal.TryParse(root.Raw("tax_amount"u8), out var tax)
            || !ExactDecimal.TryParse(root.Raw("shipping_amount"u8), out var shipping)
            || !ExactDecimal.TryParse(root.Raw(lacksRevenue ? "value"u8 : "revenue"u8), out var known))
        {
            return;
        }

        if (lacksRevenue && TrySum(known, -tax, -shipping, out var revenue))
        {
            root.SetNumber("revenue"u8, revenue);
        }
        else if (!lacksRevenue && TrySum(known, tax, shipping, out var value))
        {
            root.SetNumber("value"u8, value);
        }
    }

    /// <summary>The exact sum; false when it is too large or too fine to be exact.</summary>
    public static bool TrySum(decimal a, decimal b, decimal c, out decimal sum)
    {
        sum = 0;
        var largest = Math.Max(Math.Abs(a), Math.Max(Math.Abs(b), Math.Abs(c)));
        var places = Math.Max(a.Scale, Math.Max(b.Scale, c.Scale));
        var room = 27 - places;
        if (room < 0 || largest > (decimal)Math.Pow(10, room))
        {
            return false;
        }

        sum = a + b + c;
        return true;
    }
}
