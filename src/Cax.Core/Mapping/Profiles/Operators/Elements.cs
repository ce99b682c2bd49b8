using System.Text;
using Cax.Core.Mapping.Profiles.Conditions;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>The elements of a list that an <c>each</c> goes over: those for which a condition holds, put together in groups when that is asked for.</summary>
internal sealed class Elements(Operator list, Condition? where, Operator? group)
{
    /// <summary>Puts one value on the stack for each element, or for the first of each group; the groups, when there are any.</summary>
    public Dictionary<int, List<int>>? Gather(Evaluation at)
    {
        var mark = at.Values.Count;
        list.Gather(at);
        at.Spread(mark);
        var kept = mark;
        for (var i = mark; i < at.Values.Count && at.MayGoOn; i++)
        {
            at.Tape.Visits++;
            if (!at.Values.At(i).IsGap && at.Values.At(i).Form == ValueForm.Node && Holds(at, at.Values.At(i).Node))
            {
                at.Values.At(kept++) = at.Values.At(i);
            }
        }

        at.Values.PopTo(kept);
        return group is null ? null : GroupFrom(at, mark);
    }

    /// <summary>Takes the element on the stack as <c>@</c>, and its group as <c>@*</c>.</summary>
    public static Evaluation.Scope Enter(Evaluation at, int index, Dictionary<int, List<int>>? groups)
    {
        var node = at.Values.At(index).Node;
        var before = at.Enter(node);
        if (groups is not null)
        {
            at.Group([.. groups[node]]);
        }

        return before;
    }

    private bool Holds(Evaluation at, int node)
    {
        if (where is null)
        {
            return true;
        }

        var before = at.Enter(node);
        var holds = where.Holds(at);
        at.Leave(before);
        return holds;
    }

    private Dictionary<int, List<int>> GroupFrom(Evaluation at, int mark)
    {
        var firsts = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = new Dictionary<int, List<int>>();
        var kept = mark;
        for (var i = mark; i < at.Values.Count && at.MayGoOn; i++)
        {
            var node = at.Values.At(i).Node;
            var before = at.Enter(node);
            var key = group!.TryText(at, out var text) ? Encoding.UTF8.GetString(text.Span) : null;
            at.Leave(before);
            if (key is not null && firsts.TryGetValue(key, out var first))
            {
                groups[first].Add(node);
                continue;
            }

            // An element without the key has nothing in common with the others.
            if (key is not null)
            {
                firsts[key] = node;
            }

            groups[node] = [node];
            at.Values.At(kept++) = Value.Of(node);
        }

        at.Values.PopTo(kept);
        return groups;
    }
}
