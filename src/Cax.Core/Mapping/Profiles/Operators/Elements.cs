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
        var mark = at.ValueCount;
        list.Gather(at);
        at.Spread(mark);
        var kept = mark;
        for (var i = mark; i < at.ValueCount && at.MayGoOn; i++)
        {
            at.Tape.Visits++;
            if (!at.ValueAt(i).IsGap && at.ValueAt(i).Form == ValueForm.Node && Holds(at, at.ValueAt(i).Node))
            {
                at.ValueAt(kept++) = at.ValueAt(i);
            }
        }

        at.PopTo(kept);
        return group is null ? null : GroupFrom(at, mark);
    }

    /// <summary>Takes the element on the stack as <c>@</c>, and its group as <c>@*</c>.</summary>
    public static Evaluation.Scope Enter(Evaluation at, int index, Dictionary<int, List<int>>? groups)
    {
        var node = at.ValueAt(index).Node;
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
        for (var i = mark; i < at.ValueCount && at.MayGoOn; i++)
        {
            var node = at.ValueAt(i).Node;
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
            at.ValueAt(kept++) = Value.Of(node);
        }

        at.PopTo(kept);
        return groups;
    }
}
