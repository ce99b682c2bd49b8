using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Conditions;

/// <summary>One number is greater, or less, than another.</summary>
internal sealed class Compare(Operator left, Operator right, bool greater) : Condition
{
    public override bool Holds(Evaluation at) =>
        left.TryGet(at, out var one) && at.TryNumber(one, out var number)
        && right.TryGet(at, out var other) && at.TryNumber(other, out var limit)
        && (greater ? number > limit : number < limit);
}
