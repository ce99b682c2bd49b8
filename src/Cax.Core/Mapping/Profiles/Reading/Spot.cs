using System.Globalization;
using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>A value of the document and where it stands.</summary>
internal readonly record struct Spot(JsonElement Element, string Path)
{
    public JsonValueKind Kind => Element.ValueKind;

    /// <summary>The text; null when the value is none.</summary>
    public string? Text => Kind == JsonValueKind.String ? Element.GetString() : null;

    /// <summary>What the value is, for a message.</summary>
    public string Form => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    /// <summary>The members of an object, also those whose name stands there before; none of anything else.</summary>
    public IEnumerable<(string Name, Spot Value)> Members()
    {
        if (Kind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var member in Element.EnumerateObject())
        {
            yield return (member.Name, new Spot(member.Value, Path + PathText.Step(member.Name)));
        }
    }

    /// <summary>The elements of a list; none of anything else.</summary>
    public IEnumerable<Spot> Elements()
    {
        if (Kind != JsonValueKind.Array)
        {
            yield break;
        }

        var index = 0;
        foreach (var element in Element.EnumerateArray())
        {
            yield return new Spot(element, string.Create(CultureInfo.InvariantCulture, $"{Path}[{index++}]"));
        }
    }

    /// <summary>The member of that name; null when this is no object or has none.</summary>
    public Spot? Member(string name) =>
        Kind == JsonValueKind.Object && Element.TryGetProperty(name, out var value) ? new Spot(value, Path + PathText.Step(name)) : null;
}
