using System.Collections.Frozen;
using System.Globalization;

namespace Cax.Core.Sources;

/// <summary>
/// The properties of a message that profiles may read: texts, numbers and booleans of at most 256 characters, and of these the first 32 by name.
/// They stay with the record when it is parked, so that a replay maps it as before.
/// </summary>
public static class MessageProperties
{
    /// <summary>How many are kept.</summary>
    public const int Most = 32;

    /// <summary>The longest name or value, in characters. A longer one is left out.</summary>
    public const int Longest = 256;

    /// <summary>What begins like this is meant for the connector itself, and not for profiles.</summary>
    public const string Ours = "cax-";

    public static readonly IReadOnlyDictionary<string, string> None = FrozenDictionary<string, string>.Empty;

    /// <summary>The properties as texts, by name without regard to case. Of names that differ in case only, one is kept.</summary>
    /// <param name="properties">As they came: with values of whatever type.</param>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<KeyValuePair<string, object>> properties)
    {
        var kept = new SortedList<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in properties)
        {
            if (Text(value) is { Length: <= Longest } text && name.Length is > 0 and <= Longest && !name.StartsWith(Ours, StringComparison.OrdinalIgnoreCase))
            {
                kept.TryAdd(name, text);
            }
        }

        while (kept.Count > Most)
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return kept.Count == 0 ? None : kept;
    }

    private static string? Text(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
