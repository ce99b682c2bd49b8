using System.Text;
using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Conditions;

/// <summary>A value reads as one of several texts, without regard to case.</summary>
internal sealed class OneOf(Operator value, string[] texts) : Condition
{
    private readonly byte[][] _texts = [.. texts.Select(text => Encoding.UTF8.GetBytes(text.Trim()))];

    public override bool Holds(Evaluation at)
    {
        if (!value.TryText(at, out var given))
        {
            return false;
        }

        foreach (var text in _texts)
        {
            if (Texts.AreAlike(given.Span, text))
            {
                return true;
            }
        }

        return false;
    }
}
