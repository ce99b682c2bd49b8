using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Conditions;

/// <summary>A value reads as one of several texts, without regard to case.</summary>
internal sealed class OneOf(Operator value, string[] texts) : Condition
{
    private readonly Words _texts = new(texts);

    public override bool Holds(Evaluation at) => value.TryText(at, out var given) && _texts.Has(given.Span);
}
