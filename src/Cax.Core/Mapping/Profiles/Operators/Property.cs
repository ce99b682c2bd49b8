using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A property that came with the message, such as <c>X-Shopify-Topic</c>. Files have none.</summary>
internal sealed class Property(string name) : Operator
{
    public override IEnumerable<string> Places => [Place];

    private string Place => $"the message property {name}";

    public override bool TryGet(Evaluation at, out Value value)
    {
        var found = at.Origin.Properties.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text);
        at.Trace?.Looked(Place, found);
        value = found ? Value.Of(at.Keep(text)) : default;
        return found;
    }
}
