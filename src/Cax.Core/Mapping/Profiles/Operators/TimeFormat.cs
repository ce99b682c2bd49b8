using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>How a source writes a point in time.</summary>
internal sealed partial class TimeFormat
{
    /// <summary>The formats that have names; anything else is a pattern.</summary>
    public static readonly IReadOnlyList<string> Names = ["iso", "epoch", "seconds", "milliseconds", "microseconds", "rfc2822"];

    private const int Longest = 64;
    private const int DayLength = 10;
    private const long SecondsDigits = 10;
    private const long MillisecondsDigits = 13;
    private const long MicrosecondsDigits = 16;

    /// <summary>The last millisecond of the year 9999: what comes later is no time but another number.</summary>
    private const long LastMillisecond = 253_402_300_799_999;

    private static readonly string[] Rfc2822 = ["ddd, d MMM yyyy HH:mm:ss zzz", "d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm zzz", "d MMM yyyy HH:mm zzz"];

    private readonly string _name;
    private readonly string[] _patterns;
    private readonly bool _hasHour;

    private TimeFormat(string name, params string[] patterns)
    {
        _name = name;
        _patterns = patterns;
        var letters = patterns.Length > 0 ? Unquoted(patterns[0]) : "";
        _hasHour = letters.Contains('h') || letters.Contains('H');
    }

    /// <summary>Takes a name, or a pattern that has at least a year, a month and a day.</summary>
    public static bool TryParse(string text, out TimeFormat? format)
    {
        format = text switch
        {
            "rfc2822" => new TimeFormat(text, Rfc2822),
            _ when Names.Contains(text) => new TimeFormat(text),
            _ when IsPattern(text) => new TimeFormat("pattern", text),
            _ => null,
        };
        return format is not null;
    }

    /// <summary>The pattern that was meant by one in the letters of other languages; null when there is none.</summary>
    public static string? Mend(string pattern)
    {
        var mended = pattern.Replace('D', 'd').Replace('Y', 'y');
        mended = mended.Contains('t', StringComparison.Ordinal) ? mended : mended.Replace('h', 'H');
        var minutes = mended.Contains('M', StringComparison.Ordinal) ? -1 : mended.IndexOf("mm", StringComparison.Ordinal);
        mended = minutes < 0 ? mended : string.Concat(mended.AsSpan(0, minutes), "MM", mended.AsSpan(minutes + 2));
        return IsPattern(mended) ? mended : null;
    }

    /// <summary>Reads a text that has an offset, or one that <paramref name="zone"/> completes.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="zone">The zone of a text without an offset; null when nobody knows it.</param>
    /// <param name="hour">The time of day of a text that has a date only.</param>
    /// <param name="milliseconds">Since 1970 UTC.</param>
    public bool TryRead(ReadOnlySpan<byte> utf8, TimeZoneInfo? zone, TimeOnly hour, out long milliseconds) => _name switch
    {
        "iso" => TryIso(utf8, zone, hour, out milliseconds),
        "seconds" => TryEpoch(utf8, 0, 1_000, 1, out milliseconds),
        "milliseconds" => TryEpoch(utf8, 0, 1, 1, out milliseconds),
        "microseconds" => TryEpoch(utf8, 0, 1, 1_000, out milliseconds),
        "epoch" => TryEpoch(utf8, SecondsDigits, 1_000, 1, out milliseconds)
            || TryEpoch(utf8, MillisecondsDigits, 1, 1, out milliseconds)
            || TryEpoch(utf8, MicrosecondsDigits, 1, 1_000, out milliseconds),
        _ => TryPattern(utf8, zone, hour, out milliseconds),
    };

    /// <summary>Reads the day of a text in its own zone, whichever that is.</summary>
    public bool TryReadDay(ReadOnlySpan<byte> utf8, out DateOnly day)
    {
        if (_name == "iso")
        {
            return TryIsoDay(utf8, out day);
        }

        if (_patterns.Length == 0)
        {
            var isTime = TryRead(utf8, TimeZoneInfo.Utc, default, out var milliseconds);
            day = isTime ? DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(milliseconds)) : default;
            return isTime;
        }

        // A text with an offset has its day where it was written.
        Span<char> chars = stackalloc char[Longest];
        var isDay = DateTimeOffset.TryParseExact(
            Letters(utf8, chars), _patterns, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AssumeUniversal, out var time);
        day = DateOnly.FromDateTime(time.DateTime);
        return isDay;
    }

    /// <summary>Reads <c>YYYY-MM-DD</c>, whatever time follows.</summary>
    public static bool TryIsoDay(ReadOnlySpan<byte> utf8, out DateOnly day)
    {
        day = default;
        Span<char> chars = stackalloc char[DayLength];
        return utf8.Length >= DayLength && Encoding.UTF8.TryGetChars(utf8[..DayLength], chars, out var length)
            && (utf8.Length == DayLength || utf8[DayLength] is (byte)'T' or (byte)' ')
            && DateOnly.TryParseExact(chars[..length], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    private static bool TryIso(ReadOnlySpan<byte> utf8, TimeZoneInfo? zone, TimeOnly hour, out long milliseconds)
    {
        if (IsoTime.TryParse(utf8, out milliseconds))
        {
            return true;
        }

        const int LongestRest = 10;
        if (zone is null || utf8.Length > Longest - LongestRest)
        {
            return false;
        }

        // Without an offset it is read as UTC first, and then moved by the offset that the zone had at that time.
        Span<byte> complete = stackalloc byte[Longest];
        utf8.CopyTo(complete);
        var isDate = utf8.Length == DayLength;
        var rest = isDate ? "T00:00:00Z"u8 : "Z"u8;
        rest.CopyTo(complete[utf8.Length..]);
        if (!IsoTime.TryParse(complete[..(utf8.Length + rest.Length)], out var local))
        {
            return false;
        }

        milliseconds = ToUtc(local + (isDate ? Milliseconds(hour) : 0), zone);
        return true;
    }

    private static bool TryEpoch(ReadOnlySpan<byte> utf8, long digits, long factor, long divisor, out long milliseconds)
    {
        milliseconds = 0;
        var point = utf8.IndexOf((byte)'.');
        var whole = point < 0 ? utf8 : utf8[..point];
        if ((digits > 0 && whole.Length != digits) || !AreDigits(whole) || (point >= 0 && !AreDigits(utf8[(point + 1)..]))
            || !Utf8Parser.TryParse(whole, out long given, out _) || given <= 0 || given / divisor > LastMillisecond / factor)
        {
            return false;
        }

        milliseconds = given * factor / divisor;
        return true;

        static bool AreDigits(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private bool TryPattern(ReadOnlySpan<byte> utf8, TimeZoneInfo? zone, TimeOnly hour, out long milliseconds)
    {
        milliseconds = 0;
        Span<char> chars = stackalloc char[Longest];
        if (!DateTime.TryParseExact(
            Letters(utf8, chars), _patterns, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return false;
        }

        var isUtc = time.Kind == DateTimeKind.Utc;
        if (!isUtc && zone is null)
        {
            return false;
        }

        milliseconds = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        milliseconds = isUtc ? milliseconds : ToUtc(milliseconds + (_hasHour ? 0 : Milliseconds(hour)), zone!);
        return true;
    }

    /// <summary>A text as characters; none when it is too long to be a time.</summary>
    private static ReadOnlySpan<char> Letters(ReadOnlySpan<byte> utf8, Span<char> room) =>
        utf8.Length > Longest ? default : room[..Encoding.UTF8.GetChars(utf8, room)];

    /// <summary>
    /// The hour that a change of clocks takes away is read with the offset before it; of the hour that comes twice the second is meant.
    /// </summary>
    private static long ToUtc(long local, TimeZoneInfo zone)
    {
        if (ReferenceEquals(zone, TimeZoneInfo.Utc))
        {
            return local;
        }

        var time = DateTime.SpecifyKind(DateTime.UnixEpoch.AddMilliseconds(local), DateTimeKind.Unspecified);
        return local - (long)zone.GetUtcOffset(time).TotalMilliseconds;
    }

    private static long Milliseconds(TimeOnly hour) => hour.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>The letters of a pattern that stand for something.</summary>
    private static string Unquoted(string pattern) => Literals().Replace(pattern, "");

    [GeneratedRegex(@"'[^']*'|""[^""]*""|\\.")]
    private static partial Regex Literals();

    /// <summary>An hour of twelve is two hours without am or pm.</summary>
    private static bool IsPattern(string text)
    {
        var letters = Unquoted(text);
        if (text.Length is 0 or > Longest || !letters.Contains('y') || !letters.Contains('M') || !letters.Contains('d')
            || (letters.Contains('h') && !letters.Contains('t')))
        {
            return false;
        }

        try
        {
            return DateTime.UnixEpoch.ToString(text, CultureInfo.InvariantCulture).Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
