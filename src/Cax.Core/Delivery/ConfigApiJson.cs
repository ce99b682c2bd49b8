using System.Text.Json;

namespace Cax.Core.Delivery;

/// <summary>Reads what the Config API answers, which its own reference describes in more than one way (CAX reference 8.2, 8.3).</summary>
internal static class ConfigApiJson
{
    private const int LongestCode = 64;
    private const int LongestId = 20;

    /// <summary>The sources with this key; null when the answer is no list.</summary>
    public static List<ConfigApiSource>? ReadSources(ReadOnlyMemory<byte> body, SourceKey key) => Read(body, root =>
    {
        if (Member(root, "data") is not { ValueKind: JsonValueKind.Array } data)
        {
            return null;
        }

        var found = new List<ConfigApiSource>();
        foreach (var source in data.EnumerateArray())
        {
            var attributes = Member(source, "attributes") ?? default;
            if (Text(attributes, "integration_key") is { } its && key.Equals(its.Trim()))
            {
                found.Add(new ConfigApiSource(
                    Id(Member(source, "id")),
                    string.Equals(Text(attributes, "status"), "active", StringComparison.OrdinalIgnoreCase),
                    Member(attributes, "deleted_at") is { ValueKind: not JsonValueKind.Null }));
            }
        }

        return found;
    });

    /// <summary>The code of the first error; null when there is none of capital letters: anything else may hold anything, and would end in a log.</summary>
    public static string? ReadErrorCode(ReadOnlyMemory<byte> body) => Read(body, root =>
        Member(root, "errors") is { ValueKind: JsonValueKind.Array } errors && errors.GetArrayLength() > 0
        && (Text(errors[0], "code") ?? Text(errors[0], "title")) is { Length: > 0 and <= LongestCode } code
        && code.All(c => char.IsAsciiLetterUpper(c) || c == '_')
            ? code
            : null);

    public static T? Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or a text with half a surrogate pair, which no text can hold.
            return null;
        }
    }

    public static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static string Id(JsonElement? id) =>
        id is { ValueKind: JsonValueKind.Number or JsonValueKind.String } value && value.GetRawText().Trim('"') is { Length: <= LongestId } text
            && text.All(char.IsAsciiLetterOrDigit) ? text : "";
}
