using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>The values of all its parts.</summary>
internal sealed class ListOf(Operator[] parts) : Operator
{
    public override IEnumerable<string> Places => parts.SelectMany(part => part.Places);

    public override bool IsListFor(Evaluation at) => true;

    public override bool TryGet(Evaluation at, out Value value) => FirstOf.TryFirst(parts, at, out value);

    public override void Gather(Evaluation at)
    {
        foreach (var part in parts)
        {
            part.Gather(at);
        }
    }
}
