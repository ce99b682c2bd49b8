using System.Globalization;
using System.Text.Json;

namespace Cax.Cli.Profiles.Drafting;

/// <summary>How a sample writes a point in time.</summary>
/// <param name="Format">The format of the profile language; null for ISO 8601.</param>
/// <param name="NeedsZone">Whether the text says nothing about its offset.</param>
internal sealed record TimeGuess(string? Format, bool NeedsZone)
{
    private static readonly string[] Iso =
        ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    private static readonly string[] IsoWithOffset = [.. Iso[..^1].SelectMany(form => (string[])[form + "zzz", form + "'Z'"])];

    // With slashes nobody can know which number is the day, unless one of them is above twelve.
    private static readonly string[] OneReading = ["dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm", "dd.MM.yyyy", "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd HH:mm", "yyyy/MM/dd"];
    private static readonly string[] DayFirst = ["dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm", "dd/MM/yyyy"];
    private static readonly string[] MonthFirst = ["MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm", "MM/dd/yyyy"];

    /// <summary>Null when the value is no time, or can be read in two ways.</summary>
    public static TimeGuess? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => OfDigits(value.GetRawText()),
        JsonValueKind.String => OfText(value.GetString()!.Trim()),
        _ => null,
    };

    private static TimeGuess? OfText(string text)
    {
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return OfDigits(text);
        }

        if (Fits(text, IsoWithOffset) || Fits(text, Iso))
        {
            return new TimeGuess(null, NeedsZone: !Fits(text, IsoWithOffset));
        }

        var (day, month) = (DayFirst.FirstOrDefault(form => Fits(text, form)), MonthFirst.FirstOrDefault(form => Fits(text, form)));
        var format = OneReading.FirstOrDefault(form => Fits(text, form)) ?? (day is null || month is null ? day ?? month : null);
        return format is not null ? new TimeGuess(format, NeedsZone: true)
            : Fits(text, "ddd, d MMM yyyy HH:mm:ss zzz") ? new TimeGuess("rfc2822", NeedsZone: false)
            : null;
    }

    private static TimeGuess? OfDigits(string digits) => digits.Length switch
    {
        10 => new TimeGuess("seconds", NeedsZone: false),
        13 => new TimeGuess("milliseconds", NeedsZone: false),
        16 => new TimeGuess("microseconds", NeedsZone: false),
        _ => null,
    };

    private static bool Fits(string text, params string[] forms) =>
        DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
