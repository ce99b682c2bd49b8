using System.Text;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A parameter of the profile, with the value that the settings or its default give; null for none.</summary>
internal sealed class Parameter(string name, string? value) : Operator
{
    private readonly byte[]? _utf8 = string.IsNullOrWhiteSpace(value) ? null : Encoding.UTF8.GetBytes(value);

    public override IEnumerable<string> Places => [Place];

    /// <summary>Its value; null for none.</summary>
    public string? Text => value;

    private string Place => $"the parameter {name}";

    public override bool TryGet(Evaluation at, out Value value)
    {
        at.Trace?.Looked(Place, _utf8 is not null);
        value = _utf8 is null ? default : Value.Of(_utf8);
        return _utf8 is not null;
    }
}
