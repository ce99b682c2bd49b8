using Cax.Core.Mapping.Profiles.Conditions;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A value for each element of a list, or for each group of its elements.</summary>
internal sealed class EachValue(Operator list, Condition? where, Operator? group, Operator value) : Operator
{
    private readonly Elements _elements = new(list, where, group);

    public override IEnumerable<string> Places => [.. list.Places, .. value.Places];

    public override bool TryGet(Evaluation at, out Value first)
    {
        var mark = at.Values.Count;
        Gather(at);
        return at.Values.TryPopFirst(mark, out first);
    }

    /// <summary>An element that gives nothing leaves a gap, so that a sum over it is known to be incomplete.</summary>
    public override void Gather(Evaluation at)
    {
        var mark = at.Values.Count;
        var elements = _elements.Gather(at);
        var end = at.Values.Count;
        for (var i = mark; i < end && at.MayGoOn; i++)
        {
            var before = Elements.Enter(at, i, elements);
            at.Values.Push(value.TryGet(at, out var one) ? one : Value.Gap);
            at.Leave(before);
        }

        at.Values.TakeDown(mark, end);
    }
}
