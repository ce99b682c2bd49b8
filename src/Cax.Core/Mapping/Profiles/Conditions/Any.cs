using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Conditions;

internal sealed class Any(Condition[] parts) : Condition
{
    public override bool Holds(Evaluation at)
    {
        foreach (var part in parts)
        {
            if (part.Holds(at))
            {
                return true;
            }
        }

        return false;
    }
}
