using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A decimal rounded half away from zero: to a number of digits, or to those of a currency.</summary>
internal sealed class Round(Operator input, Operator? currency, int digits) : Operator
{
    public override IEnumerable<string> Places => [.. input.Places, .. currency?.Places ?? []];

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        var places = digits;
        if (!input.TryNumber(at, out var number)
            || (currency is not null && !(currency.TryText(at, out var code) && CurrencyDigits.TryGet(code.Span, out places))))
        {
            return false;
        }

        value = Value.Of(To(number, places));
        return true;
    }

    /// <summary>What has no more digits than that stays as it is written.</summary>
    public static decimal To(decimal number, int places) =>
        number.Scale > places ? decimal.Round(number, places, MidpointRounding.AwayFromZero) : number;
}
