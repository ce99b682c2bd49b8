using Cax.Core.Events.Json;

namespace Cax.Core.Events;

/// <summary>An event whose name and properties the vendor has fixed.</summary>
internal sealed class StandardEvent(string name, params RequiredProperty[] required)
{
    public JsonName Name { get; } = new(name);

    public IReadOnlyList<RequiredProperty> Required => required;

    public bool Is(string other) => Name.Text == other;

    public bool Requires(string property)
    {
        foreach (var one in required)
        {
            if (one.Name.Text == property)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A property that the event cannot do without.</summary>
internal sealed record RequiredProperty(JsonName Name, PropertyForm Form);

/// <summary>What a required property must be.</summary>
internal enum PropertyForm
{
    /// <summary>A string that is not blank.</summary>
    Text,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>An array of items.</summary>
    Items,
}
