using Cax.Core.Mapping.Identity;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A phone number as E.164; a national one needs a country, as a code or by its name.</summary>
internal sealed class Phone(Operator input, Operator? country) : Normalised(input, Complaint)
{
    public const string Complaint = "is no phone number that can be brought into E.164 (+33612345678)";

    public override IEnumerable<string> Places => [.. base.Places, .. country?.Places ?? []];

    /// <summary>The number as E.164; empty when it cannot be.</summary>
    /// <param name="at">The record.</param>
    /// <param name="text">The number as it is given.</param>
    /// <param name="country">Two letters; empty when nobody knows.</param>
    public static ReadOnlyMemory<byte> Of(Evaluation at, ReadOnlyMemory<byte> text, ReadOnlyMemory<byte> country)
    {
        Span<byte> number = stackalloc byte[Phones.Longest];
        return Phones.TryNormalise(text.Span, country.Span, number, out var length) ? at.Keep(number[..length]) : default;
    }

    protected override ReadOnlyMemory<byte> FormOf(Evaluation at, ReadOnlyMemory<byte> text)
    {
        ReadOnlyMemory<byte> code = default;
        if (country?.TryText(at, out var named) == true && !CountryNames.TryGet(named.Span, out code) && !CountryNames.TryGetOfThreeLetters(named.Span, out code))
        {
            code = named;
        }

        return Of(at, text, code);
    }
}
