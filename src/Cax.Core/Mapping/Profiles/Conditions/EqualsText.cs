using System.Text;
using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Profiles.Conditions;

/// <summary>A value reads as a text does, without regard to case.</summary>
internal sealed class EqualsText(Operator value, string text) : Condition
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(text.Trim());

    public override bool Holds(Evaluation at) => value.TryText(at, out var given) && Texts.AreAlike(given.Span, _text);
}
