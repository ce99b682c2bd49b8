using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events;

/// <summary>
/// Says what makes an event large. It follows the weight downwards as long as a few parts carry most of it, so that it names one long
/// description rather than the array that holds it, and the array where the weight is spread over many elements.
/// </summary>
public static class HeaviestPaths
{
    /// <summary>The heaviest paths, heaviest first, none inside another.</summary>
    /// <param name="utf8">An event; of what is not JSON nothing can be said.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>
    /// JSON paths, an array's with its number of elements behind it: <c>$.items (412 elements)</c>; and the bytes of name and value.
    /// </returns>
    public static IReadOnlyList<(string Path, int Bytes)> Of(ReadOnlySpan<byte> utf8, int count)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            using var document = JsonDocument.ParseValue(ref reader);
            var found = new List<Part>();
            foreach (var part in Parts(new Part("$", document.RootElement, utf8.Length)))
            {
                Follow(part, found);
            }

            return [.. found.OrderByDescending(part => part.Bytes).Take(count).Select(part => (part.ToString(), part.Bytes))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static void Follow(Part part, List<Part> found)
    {
        // A part that carries a quarter is worth a name; where such parts make up half of the whole, they explain it.
        var heavy = Parts(part).Where(inner => inner.Bytes >= part.Bytes / 4).ToList();
        if (heavy.Sum(inner => inner.Bytes) < part.Bytes / 2 || heavy.Count == 0)
        {
            found.Add(part);
            return;
        }

        foreach (var inner in heavy)
        {
            Follow(inner, found);
        }
    }

    private static IEnumerable<Part> Parts(Part whole)
    {
        if (whole.Value.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in whole.Value.EnumerateObject())
            {
                var name = JsonMarshal.GetRawUtf8PropertyName(property);
                var bytes = name.Length + "\"\":".Length + Size(property.Value);
                yield return new Part(whole.Path + PathText.Step(Encoding.UTF8.GetString(name)), property.Value, bytes);
            }
        }
        else if (whole.Value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var element in whole.Value.EnumerateArray())
            {
                yield return new Part(string.Create(CultureInfo.InvariantCulture, $"{whole.Path}[{index}]"), element, Size(element));
                index++;
            }
        }
    }

    private static int Size(JsonElement value) => JsonMarshal.GetRawUtf8Value(value).Length;

    private sealed record Part(string Path, JsonElement Value, int Bytes)
    {
        public override string ToString() => Value.ValueKind == JsonValueKind.Array
            ? string.Create(CultureInfo.InvariantCulture, $"{Path} ({Value.GetArrayLength()} elements)")
            : Path;
    }
}
