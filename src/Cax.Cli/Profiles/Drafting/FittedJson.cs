using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cax.Cli.Profiles.Drafting;

/// <summary>JSON for people: what fits into a line stands on one.</summary>
internal static class FittedJson
{
    private const int Width = 120;

    private static readonly JsonSerializerOptions Letters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode node)
    {
        var text = new StringBuilder();
        Write(text, node, 0, 0);
        return text.ToString();
    }

    /// <param name="text">Where it goes.</param>
    /// <param name="node">What is written.</param>
    /// <param name="indent">Of the line that it begins on.</param>
    /// <param name="column">Where on that line it begins.</param>
    private static void Write(StringBuilder text, JsonNode? node, int indent, int column)
    {
        var line = Line(node);
        if (indent > 0 && column + line.Length < Width)
        {
            text.Append(line);
            return;
        }

        const int Step = 2;
        var inner = indent + Step;
        switch (node)
        {
            case JsonObject { Count: > 0 } members:
                Lines(text, '{', '}', indent, members, member =>
                {
                    var name = $"{JsonSerializer.Serialize(member.Key, Letters)}: ";
                    text.Append(name);
                    Write(text, member.Value, inner, inner + name.Length);
                });
                break;
            case JsonArray { Count: > 0 } elements:
                Lines(text, '[', ']', indent, elements, element => Write(text, element, inner, inner));
                break;
            default:
                text.Append(line);
                break;
        }
    }

    private static void Lines<T>(StringBuilder text, char open, char close, int indent, IEnumerable<T> parts, Action<T> write)
    {
        text.Append(open);
        var separator = "";
        foreach (var part in parts)
        {
            text.Append(separator).Append('\n').Append(' ', indent + 2);
            write(part);
            separator = ",";
        }

        text.Append('\n').Append(' ', indent).Append(close);
    }

    private static string Line(JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } members => $"{{ {string.Join(", ", members.Select(member => $"{JsonSerializer.Serialize(member.Key, Letters)}: {Line(member.Value)}"))} }}",
        JsonArray elements => $"[{string.Join(", ", elements.Select(Line))}]",
        null => "null",
        _ => node.ToJsonString(Letters),
    };
}
