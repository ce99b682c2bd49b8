using System.Globalization;

namespace Cax.Core.Events.Json;

/// <summary>
/// Finds an escaped half of a surrogate pair, such as <c>\ud83d</c> alone. It is lawful JSON, but no text: reading it as a string fails.
/// </summary>
internal static class LoneSurrogates
{
    private const int EscapeLength = 6;

    /// <summary>Works on one raw string as well as on a whole document, for outside of strings JSON has no backslashes.</summary>
    public static bool In(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf((byte)'\\'); at >= 0; at = json.IndexOf((byte)'\\'))
        {
            json = json[at..];
            var unit = Unit(json);
            if (!char.IsSurrogate(unit))
            {
                json = json[Math.Min(2, json.Length)..];
            }
            else if (char.IsSurrogatePair(unit, Unit(json[EscapeLength..])))
            {
                json = json[(2 * EscapeLength)..];
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        escape.Length >= EscapeLength && escape.StartsWith("\\u"u8)
        && ushort.TryParse(escape[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : '\0';
}
