using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>The value of a list that an operator works on at this moment.</summary>
internal sealed class Given : Operator
{
    public static readonly Given One = new();

    private Given()
    {
    }

    public override IEnumerable<string> Places => [];

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = at.Given;
        return !value.IsGap;
    }
}
