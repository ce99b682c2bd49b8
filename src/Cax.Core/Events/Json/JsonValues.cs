using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Cax.Core.Events.Json;

/// <summary>How the rules read a parsed event. Safe only after <see cref="EventDocument"/> has seen the bytes.</summary>
internal static class JsonValues
{
    /// <summary>Gets a property of an object; <c>null</c> counts as missing (CAX reference 12.23).</summary>
    public static bool TryGet(this JsonElement owner, ReadOnlySpan<byte> name, out JsonElement value) =>
        owner.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether this is a string with more in it than white space.</summary>
    public static bool IsText(this JsonElement value) => value.ValueKind == JsonValueKind.String && !IsBlank(value.Utf8Text());

    /// <summary>The content of a string as UTF-8, copied only when it is written with escapes.</summary>
    public static ReadOnlySpan<byte> Utf8Text(this JsonElement text)
    {
        var content = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        return content.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(text.GetString()!) : content;
    }

    /// <summary>Whether this is a string that is one of the given ones.</summary>
    public static bool IsOneOf(this JsonElement text, IReadOnlyList<JsonName> allowed)
    {
        for (var i = 0; i < allowed.Count; i++)
        {
            if (text.ValueEquals(allowed[i].Utf8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            if (!Rune.IsWhiteSpace(rune))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }
}
