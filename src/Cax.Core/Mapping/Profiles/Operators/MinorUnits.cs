using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>An amount in minor units, such as cents: divided by ten to the number of digits, which a currency has or the record tells.</summary>
internal sealed class MinorUnits(Operator input, Operator? currency, Operator? digits) : Operator
{
    public override IEnumerable<string> Places => [.. input.Places, .. currency?.Places ?? [], .. digits?.Places ?? []];

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryNumber(at, out var amount) || !TryDigits(at, out var places))
        {
            return false;
        }

        // Of a whole number this moves the point; a fraction of a minor unit is more than a decimal of 28 digits may hold.
        if (amount.Scale + places > ExactArithmetic.MostPlaces)
        {
            return false;
        }

        var scale = new decimal(1, 0, 0, false, (byte)places);
        var isExact = ExactArithmetic.TryMultiply(amount, scale, out var exact);
        value = Value.Of(exact);
        return isExact;
    }

    private bool TryDigits(Evaluation at, out int places)
    {
        places = 0;
        if (digits is not null)
        {
            if (!digits.TryNumber(at, out var told) || told != decimal.Truncate(told) || told is < 0 or > ExactArithmetic.MostPlaces)
            {
                return false;
            }

            places = (int)told;
            return true;
        }

        return currency!.TryText(at, out var code) && CurrencyDigits.TryGet(code.Span, out places);
    }
}
