using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Conditions;

/// <summary>There is a value.</summary>
internal sealed class Present(Operator value) : Condition
{
    public override bool Holds(Evaluation at) => value.TryGet(at, out _);
}
