using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>Does with every value of a list what an operator does with <see cref="Given"/>.</summary>
internal sealed class ForEvery(Operator list, Operator made) : Operator
{
    public override IEnumerable<string> Places => [.. list.Places, .. made.Places];

    public override bool IsListFor(Evaluation at) => list.IsListFor(at);

    public override bool TryGet(Evaluation at, out Value value)
    {
        var mark = at.Values.Count;
        Gather(at);
        return at.Values.TryPopFirst(mark, out value);
    }

    /// <summary>A value of which nothing can be made leaves a gap, so that a sum over it is known to be incomplete.</summary>
    public override void Gather(Evaluation at)
    {
        var mark = at.Values.Count;
        list.Gather(at);
        var end = at.Values.Count;
        var before = at.Given;
        for (var i = mark; i < end && at.MayGoOn; i++)
        {
            at.Tape.Visits++;
            at.Given = at.Values.At(i);

            // The stack may move while one is made.
            var one = made.TryGet(at, out var value) ? value : Value.Gap;
            at.Values.At(i) = one;
        }

        at.Given = before;
    }
}
