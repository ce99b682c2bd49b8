using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Words of the document within a message or a suggestion: as JSON, and never longer than a line holds.</summary>
internal static class Quoted
{
    private const int Longest = 80;

    public static string Text(string text) => "\"" + JsonEncodedText.Encode(Cut(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";

    public static string List(IEnumerable<string> names) => string.Join(", ", names);

    private static string Cut(string text) => text.Length <= Longest ? text
        : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest), "…");
}
