using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Conditions;

/// <summary>Two values read the same, without regard to case.</summary>
internal sealed class Same(Operator left, Operator right) : Condition
{
    public override bool Holds(Evaluation at) =>
        left.TryText(at, out var one) && right.TryText(at, out var other) && Texts.AreAlike(one.Span, other.Span);
}
