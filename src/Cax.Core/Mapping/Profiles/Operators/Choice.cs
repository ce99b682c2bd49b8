using Cax.Core.Mapping.Profiles.Conditions;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>One value when a condition holds, another or none when it does not.</summary>
internal sealed class Choice(Condition condition, Operator then, Operator? otherwise) : Operator
{
    public override IEnumerable<string> Places => [.. then.Places, .. otherwise?.Places ?? []];

    public override bool IsListFor(Evaluation at) => Chosen(at)?.IsListFor(at) == true;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        return Chosen(at)?.TryGet(at, out value) == true;
    }

    public override void Gather(Evaluation at) => Chosen(at)?.Gather(at);

    private Operator? Chosen(Evaluation at) => condition.Holds(at) ? then : otherwise;
}
