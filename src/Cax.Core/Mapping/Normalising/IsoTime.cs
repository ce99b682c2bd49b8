using System.Buffers.Text;

namespace Cax.Core.Mapping.Normalising;

/// <summary>
/// Reads points in time as <c>2026-03-29T02:30:00.123+02:00</c>: ISO 8601 with an offset (<c>Z</c>, <c>+02:00</c>, <c>+0200</c>).
/// Without an offset nobody knows when it was, so that is no point in time here.
/// </summary>
internal static class IsoTime
{
    /// <summary>Milliseconds since 1970 UTC; what is finer is cut off.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length < 17 || text.Length > 64 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':'
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)
            || !Digits(text[11..13], out var hour) || !Digits(text[14..16], out var minute))
        {
            return false;
        }

        var rest = text[16..];
        int second = 0, millisecond = 0;
        if (rest[0] == ':' && (rest.Length < 4 || !Digits(rest[1..3], out second) || !Fraction(rest[3..], out millisecond, out rest)))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
            || !Offset(rest, out var offsetMinutes))
        {
            return false;
        }

        var local = new DateTime(year, month, day, hour, minute, second, millisecond, DateTimeKind.Utc);
        milliseconds = ((local.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) - (offsetMinutes * 60_000L);
        return true;
    }

    private static bool Fraction(ReadOnlySpan<byte> text, out int milliseconds, out ReadOnlySpan<byte> rest)
    {
        milliseconds = 0;
        rest = text;
        if (text[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var length = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (length < 1)
        {
            return false;
        }

        for (var i = 0; i < 3; i++)
        {
            milliseconds = (milliseconds * 10) + (i < length ? text[1 + i] - '0' : 0);
        }

        rest = text[(1 + length)..];
        return true;
    }

    private static bool Offset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.SequenceEqual("Z"u8) || text.SequenceEqual("z"u8))
        {
            return true;
        }

        var minutesAt = text.Length == 6 && text[3] == ':' ? 4 : 3;
        if (text.Length != minutesAt + 2 || text[0] is not ((byte)'+' or (byte)'-')
            || !Digits(text[1..3], out var hours) || !Digits(text[minutesAt..], out minutes) || hours > 14 || minutes > 59)
        {
            return false;
        }

        minutes = ((hours * 60) + minutes) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        return !text.ContainsAnyExceptInRange((byte)'0', (byte)'9') && Utf8Parser.TryParse(text, out value, out var read) && read == text.Length;
    }
}
