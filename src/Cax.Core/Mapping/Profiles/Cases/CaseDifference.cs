using System.Runtime.InteropServices;
using System.Text.Json;
using Cax.Core.Events.Json;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Profiles.Cases;

/// <summary>One place where what came out is not what was expected.</summary>
/// <param name="Path">Where: <c>$.events[0].value</c>.</param>
/// <param name="Expected">What the case expects there, as JSON; null for nothing.</param>
/// <param name="Actual">What came out there, as JSON; null for nothing.</param>
public sealed record CaseDifference(string Path, string? Expected, string? Actual)
{
    /// <summary>Compares as JSON: members in any order, numbers by their value.</summary>
    internal static IReadOnlyList<CaseDifference> Between(JsonElement expected, JsonElement actual)
    {
        var all = new List<CaseDifference>();
        Compare("$", Alone(expected), Alone(actual), all);
        return all;
    }

    /// <summary>A message of one record says the same in both forms.</summary>
    private static JsonElement Alone(JsonElement outcome) =>
        outcome.TryGetProperty("records"u8, out var records) && records.GetArrayLength() == 1 ? Alone(records[0]) : outcome;

    private static void Compare(string path, JsonElement expected, JsonElement actual, List<CaseDifference> all)
    {
        if (expected.ValueKind == JsonValueKind.Object && actual.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in expected.EnumerateObject())
            {
                Compare(path + PathText.Step(member.Name), member.Value, actual.TryGetProperty(member.Name, out var other) ? other : null, all);
            }

            foreach (var member in actual.EnumerateObject())
            {
                if (!expected.TryGetProperty(member.Name, out _))
                {
                    all.Add(new CaseDifference(path + PathText.Step(member.Name), null, member.Value.GetRawText()));
                }
            }
        }
        else if (expected.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array)
        {
            for (var i = 0; i < Math.Max(expected.GetArrayLength(), actual.GetArrayLength()); i++)
            {
                var place = FormattableString.Invariant($"{path}[{i}]");
                if (i >= expected.GetArrayLength())
                {
                    all.Add(new CaseDifference(place, null, actual[i].GetRawText()));
                }
                else
                {
                    Compare(place, expected[i], i < actual.GetArrayLength() ? actual[i] : null, all);
                }
            }
        }
        else if (!AreEqual(expected, actual))
        {
            all.Add(new CaseDifference(path, expected.GetRawText(), actual.GetRawText()));
        }
    }

    private static void Compare(string path, JsonElement expected, JsonElement? actual, List<CaseDifference> all)
    {
        if (actual is { } some)
        {
            Compare(path, expected, some, all);
        }
        else
        {
            all.Add(new CaseDifference(path, expected.GetRawText(), null));
        }
    }

    private static bool AreEqual(JsonElement a, JsonElement b) => a.ValueKind == b.ValueKind && a.ValueKind switch
    {
        JsonValueKind.String => a.GetString() == b.GetString(),
        JsonValueKind.Number => ExactDecimal.TryParse(JsonMarshal.GetRawUtf8Value(a), out var x) && ExactDecimal.TryParse(JsonMarshal.GetRawUtf8Value(b), out var y)
            ? x == y
            : a.GetRawText() == b.GetRawText(),
        _ => true,
    };
}
