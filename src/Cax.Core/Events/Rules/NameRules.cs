using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX002 to CAX004: the name of the event.</summary>
internal static class NameRules
{
    private const int LongestName = 64;

    /// <returns>The standard event; null when the name is missing or custom.</returns>
    public static StandardEvent? Check(JsonElement root, Place place, EventFindings findings)
    {
        if (!root.TryGet("event_name"u8, out var name) || !name.IsText())
        {
            findings.Error(
                "CAX002", place.Of("event_name"),
                "event_name is missing or no text; send the name of the event, such as purchase");
            return null;
        }

        var standard = StandardEvents.Find(name);
        if (standard is null)
        {
            if (!IsPlainName(name.Utf8Text()))
            {
                findings.Warning(
                    "CAX003", place.Of("event_name"),
                    "event_name should be 1 to 64 lower-case letters, digits and underscores and start with a letter");
            }

            findings.Warning(
                "CAX004", place.Of("event_name"),
                "event_name is not one of the standard events, so destinations need a mapping of their own for it");
        }

        return standard;
    }

    private static bool IsPlainName(ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestName || !char.IsAsciiLetterLower((char)name[0]))
        {
            return false;
        }

        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterLower((char)letter) && !char.IsAsciiDigit((char)letter) && letter != '_')
            {
                return false;
            }
        }

        return true;
    }
}
