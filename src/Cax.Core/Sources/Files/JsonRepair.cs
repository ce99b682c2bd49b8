using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cax.Core.Sources.Files;

/// <summary>
/// The lines of a repair of JSON: <c>{"cax_repair":{"of":"…","why":"…"},</c> and then the members of the original; or, of what was no JSON, its text as
/// <c>"broken"</c>.
/// </summary>
internal static partial class JsonRepair
{
    private static readonly JsonReaderOptions Lines = new() { AllowMultipleValues = true };

    /// <summary>Looks whether a file begins as a repair.</summary>
    /// <param name="text">Its beginning as UTF-8.</param>
    /// <param name="isEnd">Whether nothing comes after it.</param>
    /// <param name="key">The key of the file that it repairs; null when it is no repair.</param>
    /// <returns>False when more text is needed.</returns>
    public static bool TryLook(ReadOnlySpan<byte> text, bool isEnd, out string? key)
    {
        key = null;
        try
        {
            return Read(text, isEnd, out key, out _) || isEnd;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>The record of a line of a repair: what the line was before it was parked.</summary>
    public static Record Original(Record line)
    {
        if (line.Fault is not null)
        {
            return line;
        }

        try
        {
            return Read(line.Utf8.Span, isEnd: true, out var key, out var rest) && key is not null ? Without(line, rest) : line;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No UTF-8, or nested deeper than the platform reads: such a line is told as what it is when it is mapped.
            return line;
        }
    }

    /// <summary>Reads the first member of the first object. False when that is not all there.</summary>
    private static bool Read(ReadOnlySpan<byte> text, bool isEnd, out string? key, out int rest)
    {
        (key, rest) = (null, 0);
        var json = new Utf8JsonReader(text, isEnd, new JsonReaderState(Lines));
        if (!json.Read())
        {
            return false;
        }

        if (json.TokenType != JsonTokenType.StartObject)
        {
            return true;
        }

        if (!json.Read())
        {
            return false;
        }

        if (json.TokenType != JsonTokenType.PropertyName || !json.ValueTextEquals("cax_repair"u8))
        {
            return json.TokenType == JsonTokenType.EndObject || json.Read();
        }

        string? found = null;
        var depth = json.CurrentDepth;
        while (json.Read())
        {
            if (json.CurrentDepth == depth + 1 && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("of"u8) && found is null)
            {
                if (!json.Read())
                {
                    return false;
                }

                found = json.TokenType == JsonTokenType.String && json.GetString() is { } of && Key().IsMatch(of) ? of : "";
            }

            if (json.CurrentDepth == depth && json.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.StartArray))
            {
                (key, rest) = (found is "" ? null : found, (int)json.BytesConsumed);
                return true;
            }
        }

        return false;
    }

    private static Record Without(Record line, int rest)
    {
        var text = line.Utf8[rest..];
        var members = text.Span.TrimStart(" \t\r\n"u8);
        byte[] original = members is [(byte)',', .. var others] ? [(byte)'{', .. others] : [(byte)'{', .. members];
        return Broken(original) is { } broken
            ? line with
            {
                Utf8 = Encoding.UTF8.GetBytes(broken),
                Fault = new RecordFault(ReasonCodes.MalformedJson, "the line is still as it was when it was parked: write its JSON in the place of \"broken\"", line.Position with { Length = 0 }),
            }
            : line with { Utf8 = original };
    }

    /// <summary>The text of what was no JSON; null of everything else.</summary>
    private static string? Broken(ReadOnlySpan<byte> original)
    {
        var json = new Utf8JsonReader(original);
        return json.Read() && json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("broken"u8)
            && json.Read() && json.TokenType == JsonTokenType.String && json.GetString() is { } text && json.Read() && json.TokenType == JsonTokenType.EndObject
            ? text
            : null;
    }

    [GeneratedRegex("^[0-9a-f]{16}$", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
