using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A country as two letters, or as the three that were given (ISO 3166-1), in upper case; a usual name is read too.</summary>
internal sealed class Country(Operator input) : Normalised(input, Complaint)
{
    public const string Complaint = "is neither a country code of two or three letters (ISO 3166-1) nor the usual name of a country";

    /// <summary>Two letters for a name, the letters of a code in upper case; empty for anything else.</summary>
    public static ReadOnlyMemory<byte> Of(Evaluation at, ReadOnlyMemory<byte> text) =>
        CountryNames.TryGet(text.Span, out var code) ? code
        : text.Length is 2 or 3 && TextForm.IsLetters(text.Span) ? TextForm.Upper(at, text.Span)
        : default;

    protected override ReadOnlyMemory<byte> FormOf(Evaluation at, ReadOnlyMemory<byte> text) => Of(at, text);
}
