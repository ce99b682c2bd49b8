using System.Text;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>The texts of its parts one after the other, with something between them.</summary>
internal sealed class Join(Operator[] parts, string with) : Operator
{
    private readonly byte[] _with = Encoding.UTF8.GetBytes(with);

    public override IEnumerable<string> Places => parts.SelectMany(part => part.Places);

    public override bool TryGet(Evaluation at, out Value value)
    {
        var mark = at.Values.Count;
        foreach (var part in parts)
        {
            part.Gather(at);
        }

        // All texts first: making one may need the memory into which they are joined.
        for (var i = mark; i < at.Values.Count; i++)
        {
            at.Values.At(i) = Value.Of(at.TryText(at.Values.At(i), out var text) ? text : default);
        }

        var start = at.KeptLength;
        for (var i = mark; i < at.Values.Count; i++)
        {
            if (at.Values.At(i).Text is { IsEmpty: false } text)
            {
                at.Keep(at.KeptLength > start ? _with : []);
                at.Keep(text.Span);
            }
        }

        at.Values.PopTo(mark);
        value = Value.Of(at.KeptSince(start));
        return !value.Text.IsEmpty;
    }
}
