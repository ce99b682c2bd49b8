using System.Text.Json;

namespace Cax.Cli.Output;

/// <summary>Texts in JSON output.</summary>
internal static class JsonTexts
{
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>Nothing for null.</summary>
    public static void WriteText(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
