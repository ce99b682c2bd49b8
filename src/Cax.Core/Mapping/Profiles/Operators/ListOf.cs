using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>The values of all its parts. Without parts it is an empty list, which is not the same as nothing: nobody granted anything.</summary>
internal sealed class ListOf(Operator[] parts) : Operator
{
    public override IEnumerable<string> Places => parts.SelectMany(part => part.Places);

    public override bool IsListFor(Evaluation at) => true;

    public override bool TryGet(Evaluation at, out Value value)
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

    public override void Gather(Evaluation at)
    {
        if (parts.Length == 0)
        {
            at.Push(Value.Gap);
        }

        foreach (var part in parts)
        {
            part.Gather(at);
        }
    }
}
