using Cax.Core.Mapping.Profiles.Operators;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>A compiled expression.</summary>
/// <param name="Operator">What computes it.</param>
/// <param name="IsList">Whether it may give several values.</param>
internal sealed record Expression(Operator Operator, bool IsList);
