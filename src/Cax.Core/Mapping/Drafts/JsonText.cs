using System.Text;
using System.Text.Json;

namespace Cax.Core.Mapping.Drafts;

/// <summary>Reads single values that are known to be valid JSON text without a document around them.</summary>
internal static class JsonText
{
    public static JsonValueKind Kind(ReadOnlySpan<byte> json) => json.IsEmpty ? JsonValueKind.Undefined : json[0] switch
    {
        (byte)'{' => JsonValueKind.Object,
        (byte)'[' => JsonValueKind.Array,
        (byte)'"' => JsonValueKind.String,
        (byte)'t' => JsonValueKind.True,
        (byte)'f' => JsonValueKind.False,
        (byte)'n' => JsonValueKind.Null,
        _ => JsonValueKind.Number,
    };

    /// <summary>Whether the value says nothing: absent, <c>null</c> or <c>""</c>.</summary>
    public static bool IsNothing(ReadOnlySpan<byte> json) => json.IsEmpty || json[0] == (byte)'n' || json.SequenceEqual("\"\""u8);

    /// <summary>The content of a text without quotes and escapes; empty for any other kind. A text with escapes gets memory of its own.</summary>
    public static ReadOnlySpan<byte> Utf8(ReadOnlySpan<byte> json)
    {
        if (Kind(json) != JsonValueKind.String)
        {
            return default;
        }

        return HasEscapes(json) ? Unescaped(json).Span : json[1..^1];
    }

    /// <summary>The content of a text without its escapes, in memory of its own.</summary>
    public static ReadOnlyMemory<byte> Unescaped(ReadOnlySpan<byte> json)
    {
        var buffer = new byte[json.Length];
        return buffer.AsMemory(0, Unescape(json, buffer));
    }

    public static string? Text(ReadOnlySpan<byte> json) =>
        Kind(json) == JsonValueKind.String ? Encoding.UTF8.GetString(Utf8(json)) : null;

    public static string? Id(ReadOnlySpan<byte> json) => Kind(json) switch
    {
        JsonValueKind.String when json.Length > 2 => Text(json),
        JsonValueKind.Number when IsInteger(json) => Encoding.ASCII.GetString(json),
        _ => null,
    };

    /// <summary>Whether a number is written as an integer, of any length.</summary>
    public static bool IsInteger(ReadOnlySpan<byte> json)
    {
        var digits = json.StartsWith("-"u8) ? json[1..] : json;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    public static bool HasEscapes(ReadOnlySpan<byte> json) => json.Contains((byte)'\\');

    /// <summary>Copies the content of a text without its escapes, and says how long it is. It is never longer than the text.</summary>
    public static int Unescape(ReadOnlySpan<byte> json, Span<byte> content)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return reader.CopyString(content);
    }
}
