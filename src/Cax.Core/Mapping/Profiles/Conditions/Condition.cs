using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Conditions;

/// <summary>A compiled condition. Where a value is missing, comparing it gives false.</summary>
internal abstract class Condition
{
    public abstract bool Holds(Evaluation at);
}
