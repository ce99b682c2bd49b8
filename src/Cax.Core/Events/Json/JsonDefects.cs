using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cax.Core.Events.Json;

/// <summary>
/// Says what is wrong with JSON that could not be taken as it is, and where. Slow and thorough: it runs only for bad input.
/// </summary>
internal static class JsonDefects
{
    private const string Code = "CAX001";

    /// <summary>Adds at least one finding.</summary>
    /// <returns>Whether the rest of the event can be judged all the same.</returns>
    public static bool Report(ReadOnlySpan<byte> utf8, string root, EventFindings findings)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var levels = new List<Level>();
        var (twice, halves) = (false, false);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        levels.RemoveAt(levels.Count - 1);
                        continue;
                    case JsonTokenType.PropertyName:
                        levels[^1].Step = PathText.Step(Encoding.UTF8.GetString(reader.ValueSpan));
                        break;
                    default:
                        NextElement(levels);
                        break;
                }

                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && LoneSurrogates.In(reader.ValueSpan))
                {
                    halves = true;
                    findings.Error(
                        Code, Path(root, levels),
                        "holds half of an escaped surrogate pair (\\ud800 to \\udfff), which is no character; write both or leave it out");
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && !levels[^1].Names!.Add(reader.GetString()!))
                {
                    twice = true;
                    findings.Error(
                        Code, Path(root, levels),
                        "stands twice in the same object, so nobody can know which value is meant; send it once");
                }
                else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    if (levels.Count == EventDocument.MaxDepth)
                    {
                        findings.Error(Code, Path(root, levels), "is nested deeper than 64 levels; send a flatter event");
                        return false;
                    }

                    levels.Add(new Level(reader.TokenType == JsonTokenType.StartObject));
                }
            }
        }
        catch (JsonException)
        {
            findings.Error(Code, Path(root, levels), string.Create(
                CultureInfo.InvariantCulture,
                $"is not valid JSON, or more follows after its end, near byte {reader.BytesConsumed:N0}; send one JSON object"));
            return false;
        }

        if (!twice && !halves)
        {
            findings.Error(Code, root, "is not valid JSON; send one JSON object");
        }

        return twice && !halves;
    }

    private static void NextElement(List<Level> levels)
    {
        if (levels is [.., { Names: null } array])
        {
            array.Index++;
            array.Step = string.Create(CultureInfo.InvariantCulture, $"[{array.Index}]");
        }
    }

    private static string Path(string root, List<Level> levels) => root + string.Concat(levels.Select(level => level.Step));

    /// <summary>An object or array that is open.</summary>
    private sealed class Level(bool isObject)
    {
        public HashSet<string>? Names { get; } = isObject ? new(StringComparer.Ordinal) : null;

        public int Index { get; set; } = -1;

        public string Step { get; set; } = "";
    }
}
