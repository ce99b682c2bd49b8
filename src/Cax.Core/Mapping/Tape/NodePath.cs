using System.Globalization;
using System.Text;
using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Mapping.Tape;

/// <summary>Writes where a value stands in its message, as a JSON path. Slow: for findings only.</summary>
internal static class NodePath
{
    public static string Of(JsonTape tape, int node)
    {
        var path = "$";
        var at = 0;
        while (node > at)
        {
            var position = 0;
            var child = JsonTape.First(at);
            for (; tape.EndOf(child) <= node; child = tape.EndOf(child))
            {
                position++;
            }

            path = tape.Kind(at) == JsonValueKind.Array
                ? string.Create(CultureInfo.InvariantCulture, $"{path}[{position}]")
                : path + PathText.Step(Encoding.UTF8.GetString(tape.NameOf(child)));
            at = child;
        }

        return path;
    }
}
