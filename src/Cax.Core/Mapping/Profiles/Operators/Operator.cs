using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A compiled expression. It keeps nothing of the records it works on, so one serves all threads.</summary>
internal abstract class Operator
{
    /// <summary>The value; false when there is nothing.</summary>
    public abstract bool TryGet(Evaluation at, out Value value);

    /// <summary>Puts its values on the stack: none, one, or those of a list.</summary>
    public virtual void Gather(Evaluation at)
    {
        if (TryGet(at, out var value))
        {
            at.Values.Push(value);
        }
    }

    /// <summary>Whether it stands for a list even when there is nothing in it: no consent is not the same as no word about consent.</summary>
    public virtual bool IsListFor(Evaluation at) => false;

    /// <summary>Where it looks, in order: paths, message properties, parameters.</summary>
    public abstract IEnumerable<string> Places { get; }

    public bool TryText(Evaluation at, out ReadOnlyMemory<byte> utf8)
    {
        utf8 = default;
        return TryGet(at, out var value) && at.TryText(value, out utf8);
    }

    /// <summary>The value as a decimal; what is there and is none is complained about.</summary>
    public bool TryNumber(Evaluation at, out decimal number)
    {
        number = 0;
        return TryGet(at, out var value) && at.TakeNumber(value, out number);
    }
}
