using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Normalising;

/// <summary>
/// A list of consent categories, written as texts or as numbers, in the given order and without duplicates (CAX reference 12.2).
/// </summary>
internal static class ConsentList
{
    private const int UsualMost = 16;

    /// <summary>Whether the list is already as it should be. Only the usual short list is judged; a longer one is written again.</summary>
    public static bool Conforms(ReadOnlySpan<byte> json, ConsentElement element)
    {
        Span<Range> seen = stackalloc Range[UsualMost];
        var count = 0;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var isForm = element == ConsentElement.Text
                ? reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped
                : reader.TokenType == JsonTokenType.Number && JsonText.IsInteger(reader.ValueSpan);
            if (!isForm || count == UsualMost)
            {
                return false;
            }

            foreach (var earlier in seen[..count])
            {
                if (json[earlier].SequenceEqual(reader.ValueSpan))
                {
                    return false;
                }
            }

            var start = (int)reader.TokenStartIndex + (element == ConsentElement.Text ? 1 : 0);
            seen[count++] = new Range(start, start + reader.ValueSpan.Length);
        }

        return true;
    }

    /// <summary>The list in the wanted form; null when an element cannot be brought into it, which is then for the validator to say.</summary>
    public static List<string>? Convert(ReadOnlySpan<byte> json, ConsentElement element)
    {
        var categories = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var category = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number when JsonText.IsInteger(reader.ValueSpan) => Encoding.ASCII.GetString(reader.ValueSpan),
                _ => null,
            };
            if (category is null || (element == ConsentElement.Number && !IsWholeNumber(category)))
            {
                return null;
            }

            if (seen.Add(category))
            {
                categories.Add(category);
            }
        }

        return categories;
    }

    public static void Write(JsonOutput output, IReadOnlyList<string> categories, ConsentElement element)
    {
        output.OpenArray();
        for (var i = 0; i < categories.Count; i++)
        {
            if (element == ConsentElement.Text)
            {
                output.Text(categories[i]);
            }
            else
            {
                output.Compact(categories[i]);
            }
        }

        output.CloseArray();
    }

    /// <summary>A number that JSON writes the same way: no sign, no leading zero.</summary>
    private static bool IsWholeNumber(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9') && (text[0] != '0' || text.Length == 1);
}
