using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>How many values a list has; zero when it is not there.</summary>
internal sealed class Count(Operator list) : Operator
{
    public override IEnumerable<string> Places => list.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        var mark = at.Values.Count;
        list.Gather(at);
        at.Spread(mark);
        var count = 0;
        for (var i = mark; i < at.Values.Count; i++)
        {
            count += at.Values.At(i).IsGap ? 0 : 1;
        }

        at.Values.PopTo(mark);
        value = Value.Of((decimal)count);
        return true;
    }
}
