using System.Text.RegularExpressions;
using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Conditions;

/// <summary>A pattern finds something in a value.</summary>
internal sealed class Matches(Operator value, Regex pattern) : Condition
{
    public override bool Holds(Evaluation at) => value.TryText(at, out var given) && pattern.IsMatch(at.Chars(given.Span));
}
