using System.Text;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A value that the profile itself gives.</summary>
internal sealed class Constant : Operator
{
    private readonly Value _value;
    private readonly string _shown;

    private Constant(Value value, string shown) => (_value, _shown) = (value, shown);

    public override IEnumerable<string> Places => [];

    /// <summary>The text, when it is one.</summary>
    public string Shown => _shown;

    public static Constant Of(string text) => new(Value.Of(Encoding.UTF8.GetBytes(text)), text);

    public static Constant Of(decimal number) => new(Value.Of(number), number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Constant Of(bool flag) => Of(flag ? "true" : "false");

    public override bool TryGet(Evaluation at, out Value value)
    {
        at.Trace?.Looked("the constant " + _shown, found: true);
        value = _value;
        return true;
    }
}
