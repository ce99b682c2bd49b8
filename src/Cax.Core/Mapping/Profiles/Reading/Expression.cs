using Cax.Core.Mapping.Profiles.Operators;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>A compiled expression.</summary>
/// <param name="Operator">What computes it.</param>
/// <param name="IsList">Whether it may give several values.</param>
internal sealed record Expression(Operator Operator, bool IsList)
{
    /// <summary>The value that an operator takes: its own, or each of the list.</summary>
    public Operator One => IsList ? Given.One : Operator;

    /// <summary>What an operator makes of it.</summary>
    /// <param name="made">Takes <see cref="One"/>.</param>
    public Expression Through(Operator made) => IsList ? new Expression(new ForEvery(Operator, made), IsList: true) : new Expression(made, IsList: false);
}
