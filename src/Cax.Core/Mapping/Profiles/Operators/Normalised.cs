using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A text in the one form that CAX takes. What cannot be brought into it is complained about and left out.</summary>
/// <param name="input">Gives the text.</param>
/// <param name="complaint">What is wrong with a text that has no such form.</param>
internal abstract class Normalised(Operator input, string complaint) : Operator
{
    public override IEnumerable<string> Places => input.Places;

    public sealed override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryGet(at, out var given) || !at.TryText(given, out var text))
        {
            return false;
        }

        var form = FormOf(at, text);
        if (form.IsEmpty)
        {
            at.Complain(given, complaint);
            return false;
        }

        value = Value.Of(form);
        return true;
    }

    /// <summary>The text in its form; empty when it has none.</summary>
    protected abstract ReadOnlyMemory<byte> FormOf(Evaluation at, ReadOnlyMemory<byte> text);
}
