using System.Text.Json;

namespace Cax.Simulator.Judging;

/// <summary>The findings of one event, in the order in which the rules were read.</summary>
internal sealed class FindingList
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> All => _findings;

    public void Missing(string rule, string path, string message, JsonElement? found = null) =>
        _findings.Add(new Finding(rule, FindingKind.Missing, path, message, TypeOf(found)));

    public void Malformed(string rule, string path, string message, JsonElement? found) =>
        _findings.Add(new Finding(rule, FindingKind.Format, path, message, TypeOf(found)));

    private static string TypeOf(JsonElement? found) => found?.ValueKind switch
    {
        null or JsonValueKind.Undefined => "nothing",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        { } kind => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()),
    };
}
