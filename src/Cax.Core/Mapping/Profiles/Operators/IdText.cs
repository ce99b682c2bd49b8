using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>An id: a text, or an integer digit for digit. A fraction or an exponent shows that something went through a binary float, so it is none.</summary>
internal sealed class IdText(Operator input) : Operator
{
    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryGet(at, out var given))
        {
            return false;
        }

        if (!Is(at, given) || !at.TryText(given, out var text))
        {
            at.Complain(given, "is neither a text nor a whole number");
            return false;
        }

        value = Value.Of(text);
        return true;
    }

    public static bool Is(Evaluation at, in Value given) => given.Form switch
    {
        ValueForm.Text => true,
        ValueForm.Node when !given.IsGap => at.Tape.Kind(given.Node) switch
        {
            JsonValueKind.String => true,
            JsonValueKind.Number => JsonText.IsInteger(at.Tape.Raw(given.Node).Span),
            _ => false,
        },
        ValueForm.Number => given.Number.Scale == 0,
        _ => false,
    };
}
