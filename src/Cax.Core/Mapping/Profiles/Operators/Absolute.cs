using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A decimal without its sign.</summary>
internal sealed class Absolute(Operator input) : Operator
{
    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        var found = input.TryNumber(at, out var number);
        value = Value.Of(Math.Abs(number));
        return found;
    }
}
