using System.Text;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>The parts of a text between separators, without empty ones.</summary>
internal sealed class Split(Operator input, string separator) : Operator
{
    private readonly byte[] _separator = Encoding.UTF8.GetBytes(separator);

    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        var mark = at.Values.Count;
        Gather(at);
        return at.Values.TryPopFirst(mark, out value);
    }

    public override void Gather(Evaluation at)
    {
        if (!input.TryText(at, out var rest))
        {
            return;
        }

        while (!rest.IsEmpty)
        {
            var end = rest.Span.IndexOf(_separator);
            var part = Texts.Trim(end < 0 ? rest : rest[..end]);
            if (!part.IsEmpty)
            {
                at.Values.Push(Value.Of(part));
            }

            rest = end < 0 ? default : rest[(end + _separator.Length)..];
        }
    }
}
