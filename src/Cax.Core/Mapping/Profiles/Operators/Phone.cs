using Cax.Core.Mapping.Identity;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A phone number as E.164; a national one needs a country, as a code or by its name.</summary>
internal sealed class Phone(Operator input, Operator? country) : Operator
{
    public override IEnumerable<string> Places => [.. input.Places, .. country?.Places ?? []];

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryGet(at, out var given) || !at.TryText(given, out var phone))
        {
            return false;
        }

        ReadOnlyMemory<byte> code = default;
        if (country?.TryText(at, out var named) == true && !CountryNames.TryGet(named.Span, out code) && !CountryNames.TryGetOfThreeLetters(named.Span, out code))
        {
            code = named;
        }

        Span<byte> number = stackalloc byte[Phones.Longest];
        if (!Phones.TryNormalise(phone.Span, code.Span, number, out var length))
        {
            at.Complain(given, "is no phone number that can be brought into E.164 (+33612345678)");
            return false;
        }

        value = Value.Of(at.Keep(number[..length]));
        return true;
    }
}
