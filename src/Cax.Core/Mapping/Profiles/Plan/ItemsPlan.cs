using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Profiles.Conditions;
using Cax.Core.Mapping.Profiles.Operators;

namespace Cax.Core.Mapping.Profiles.Plan;

/// <summary>Makes the items of an event out of the elements of a list (CAX reference 4.10 and 4.11).</summary>
internal sealed class ItemsPlan(Operator list, Condition? where, Operator? group, TargetSet set)
{
    /// <summary>What an item cannot do without. A missing price is judged with the event: its severity is a setting.</summary>
    public static readonly IReadOnlyList<string> Required = ["id", "quantity", "product.id", "product.name"];

    private readonly Elements _elements = new(list, where, group);

    public Operator List => list;

    public TargetSet Set => set;

    /// <summary>The items as JSON; false when there are none.</summary>
    public bool TryJson(Evaluation at, out ReadOnlyMemory<byte> json)
    {
        json = default;
        var mark = at.Values.Count;
        var groups = _elements.Gather(at);
        var end = at.Values.Count;
        at.Trace?.Worked("items", end == mark ? null : FormattableString.Invariant($"a list of {end - mark}"));
        if (end == mark)
        {
            return false;
        }

        var output = at.Items;
        output.Reset();
        output.OpenArray();
        for (var i = mark; i < end && at.MayGoOn; i++)
        {
            var before = Elements.Enter(at, i, groups);
            at.Trace?.Item(i - mark);
            Write(at, output);
            at.Leave(before);
        }

        output.CloseArray();
        at.Values.PopTo(mark);
        json = at.Keep(output.Written);
        return true;
    }

    private void Write(Evaluation at, JsonOutput output)
    {
        output.OpenObject();
        Write(at, output, set.Item);
        if (set.Product.Length > 0)
        {
            output.Name("product"u8);
            output.OpenObject();
            Write(at, output, set.Product);
            output.CloseObject();
        }

        output.CloseObject();
    }

    private static void Write(Evaluation at, JsonOutput output, TargetValue[] values)
    {
        foreach (var value in values)
        {
            if (value.TryJson(at, out var json))
            {
                output.Name(value.Target.Member.Span);
                output.Compact(json.Span);
            }
            else if (Required.Contains(value.Target.Name))
            {
                at.Miss(value);
            }
        }
    }
}
