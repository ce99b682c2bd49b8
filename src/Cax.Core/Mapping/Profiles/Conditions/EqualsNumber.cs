using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Conditions;

/// <summary>A value is a number, whatever its notation: <c>0</c>, <c>0.00</c> and <c>"0"</c> are the same.</summary>
internal sealed class EqualsNumber(Operator value, decimal number) : Condition
{
    public override bool Holds(Evaluation at) => value.TryGet(at, out var given) && at.TryNumber(given, out var other) && other == number;
}
