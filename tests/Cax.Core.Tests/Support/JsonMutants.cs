using System.Text.Json.Nodes;

namespace Cax.Core.Tests.Support;

/// <summary>Copies of a JSON document in which one value after the other gives way to values of other kinds.</summary>
internal static class JsonMutants
{
    private static readonly string[] Values = ["null", "true", "5", "-1e999", "\"\"", "\"x\"", "\"\\u0000\"", "[]", "[null,[]]", "{}", "{\"\":{\"id\":1}}"];

    public static IEnumerable<string> Of(string json)
    {
        var root = JsonNode.Parse(json)!;
        foreach (var (original, replace) in Places(root))
        {
            foreach (var value in Values)
            {
                replace(JsonNode.Parse(value));
                yield return root.ToJsonString();
            }

            replace(original);
        }
    }

    private static IEnumerable<(JsonNode? Original, Action<JsonNode?> Replace)> Places(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    foreach (var place in value is null ? [] : Places(value))
                    {
                        yield return place;
                    }

                    yield return (value?.DeepClone(), changed => members[name] = changed);
                }

                break;
            case JsonArray elements:
                for (var i = 0; i < elements.Count; i++)
                {
                    var at = i;
                    foreach (var place in elements[at] is { } element ? Places(element) : [])
                    {
                        yield return place;
                    }

                    yield return (elements[at]?.DeepClone(), changed => elements[at] = changed);
                }

                break;
        }
    }
}
