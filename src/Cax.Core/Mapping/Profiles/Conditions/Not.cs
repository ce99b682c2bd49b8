using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Conditions;

internal sealed class Not(Condition condition) : Condition
{
    public override bool Holds(Evaluation at) => !condition.Holds(at);
}
