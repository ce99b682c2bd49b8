using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>The first of its parts that gives something.</summary>
internal sealed class FirstOf(Operator[] parts) : Operator
{
    public override IEnumerable<string> Places => parts.SelectMany(part => part.Places);

    public override bool TryGet(Evaluation at, out Value value) => TryFirst(parts, at, out value);

    /// <summary>The value of the first part that has one.</summary>
    public static bool TryFirst(Operator[] parts, Evaluation at, out Value value)
    {
        foreach (var part in parts)
        {
            if (part.TryGet(at, out value))
            {
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The values of the first part that has any.</summary>
    public override void Gather(Evaluation at)
    {
        var mark = at.Values.Count;
        for (var i = 0; i < parts.Length && at.Values.Count == mark; i++)
        {
            parts[i].Gather(at);
            if (parts[i].IsListFor(at))
            {
                break;
            }
        }
    }

    public override bool IsListFor(Evaluation at)
    {
        foreach (var part in parts)
        {
            if (part.IsListFor(at))
            {
                return true;
            }
        }

        return false;
    }
}
