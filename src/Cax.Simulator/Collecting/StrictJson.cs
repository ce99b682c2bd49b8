using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Cax.Simulator.Collecting;

/// <summary>RFC 8259 to the letter: no byte-order mark, comment, trailing comma, NaN, trailing data or malformed UTF-8.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 256,
    };

    /// <returns>Null when the bytes are not JSON.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> bytes)
    {
        // The parser looks at the grammar only and lets malformed UTF-8 inside strings pass.
        if (!Utf8.IsValid(bytes.Span)) return null;
        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Finds a member of an object by its unescaped name, without touching the names of the others.</summary>
    public static JsonElement? Member(JsonElement parent, ReadOnlySpan<byte> name)
    {
        if (parent.ValueKind != JsonValueKind.Object) return null;
        JsonElement? last = null;
        foreach (var member in parent.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(member).SequenceEqual(name)) last = member.Value;
        }

        return last;
    }

    /// <summary>
    /// Whether every string can become text. JSON allows an escaped half of a surrogate pair, which no text can hold and which makes
    /// the parser throw wherever it is met.
    /// </summary>
    public static bool IsReadable(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0) return true;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
