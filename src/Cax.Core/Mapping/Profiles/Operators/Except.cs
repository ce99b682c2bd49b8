using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A value, unless it is one of those that stand for nothing: the customer number <c>0</c> of guests, say.</summary>
internal sealed class Except(Operator input, string[] values) : Operator
{
    private readonly Words _values = new(values);

    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value) =>
        input.TryGet(at, out value) && !(at.TryText(value, out var text) && _values.Has(text.Span));
}
