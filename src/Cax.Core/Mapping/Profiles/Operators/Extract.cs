using System.Text.RegularExpressions;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>The part of a text that a pattern finds. Patterns run without backtracking, in time that grows with the text only.</summary>
internal sealed class Extract(Operator input, Regex pattern, int group) : Operator
{
    public override IEnumerable<string> Places => input.Places;

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        if (!input.TryText(at, out var text) || !pattern.IsMatch(at.Chars(text.Span)))
        {
            return false;
        }

        var found = pattern.Match(System.Text.Encoding.UTF8.GetString(text.Span)).Groups[group];
        value = Value.Of(at.Keep(found.ValueSpan));
        return found.ValueSpan.Trim().Length > 0;
    }
}
