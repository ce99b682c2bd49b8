using System.Net;
using System.Text;

namespace Cax.Core.Mapping.Normalising;

/// <summary>Shops store names as HTML text: <c>Caf&amp;eacute;</c>. Entities are decoded once; what is none stays as it is.</summary>
internal static class HtmlText
{
    public static string Decode(string text) => text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text;

    /// <summary>The decoded text; null when there is nothing to decode, so that most texts need no string.</summary>
    public static string? Decode(ReadOnlySpan<byte> utf8) =>
        utf8.Contains((byte)'&') ? WebUtility.HtmlDecode(Encoding.UTF8.GetString(utf8)) : null;
}
