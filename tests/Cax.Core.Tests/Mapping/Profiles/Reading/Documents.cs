using System.Text;
using System.Text.Json.Nodes;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Mapping.Profiles.Reading;

namespace Cax.Core.Tests.Mapping.Profiles.Reading;

/// <summary>Reads documents as tests write them.</summary>
internal static class Documents
{
    public static readonly Dictionary<string, string> NoSettings = [];

    /// <summary>A sound profile in which the tests break one thing or the other.</summary>
    public const string Sound = """
        {
          "profile": "tea-house",
          "version": 1,
          "title": "Orders of the tea house",
          "parameters": { "zone": { "description": "Where the tea house is", "default": "Europe/Paris" }, "without_value": {} },
          "lookups": { "pay": { "Cash": "cod", "Plastic": "card" } },
          "records": ["$.orders[]", "$"],
          "recognise": { "present": "$.teas" },
          "skip": [ { "rule": "draft", "when": { "value": "$.state", "equals": "draft" } } ],
          "events": [
            {
              "event": "purchase",
              "when": { "value": "$.state", "in": ["paid", "sent"] },
              "time": { "timestamp": "$.at", "zone": { "parameter": "zone" } },
              "set": {
                "id": "$.number",
                "currency": "$.currency",
                "value": "$.total",
                "revenue": { "sum": "$.teas[].net" },
                "payment_method": { "lookup": "$.pay", "in": "pay", "default": { "constant": "other" } },
                "status": { "constant": "shipped" },
                "user.email": "$.buyer.mail",
                "user.consent_categories": "$.consent[]",
                "items": {
                  "each": "$.teas[]",
                  "set": { "id": "@.sku", "quantity": "@.count", "product.id": "@.sku", "product.name": "@.name", "product.colors": { "list": ["@.leaf", "@.cup"] } }
                }
              },
              "custom": { "table_number": "$.table" }
            }
          ],
          "otherwise": "not_paid"
        }
        """;

    /// <summary>The sound profile with another value (null: none) at a path such as <c>events/0/set/id</c>.</summary>
    public static string With(string path, string? json)
    {
        var root = JsonNode.Parse(Sound)!.AsObject();
        var steps = path.Split('/');
        var parent = steps[..^1].Aggregate((JsonNode)root, (node, step) => node is JsonArray array ? array[int.Parse(step, null)]! : node[step]!);
        if (parent is JsonArray list)
        {
            list[int.Parse(steps[^1], null)] = JsonNode.Parse(json!);
            return root.ToJsonString();
        }

        parent.AsObject().Remove(steps[^1]);
        if (json is not null)
        {
            parent[steps[^1]] = JsonNode.Parse(json);
        }

        return root.ToJsonString();
    }

    public static List<ProfileProblem> Problems(string json, Dictionary<string, string>? settings = null)
    {
        var problems = new List<ProfileProblem>();
        var profile = ProfileReader.Read(new ProfileDocument("test", Encoding.UTF8.GetBytes(json)), settings ?? NoSettings, problems);
        Assert.Equal(problems.Count == 0, profile is not null);
        return problems;
    }
}
