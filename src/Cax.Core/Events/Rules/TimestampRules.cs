using System.Globalization;
using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX011 to CAX014: the time of the event, in milliseconds since 1970 UTC (CAX reference 12.1 and 12.21).</summary>
internal static class TimestampRules
{
    private const string Name = "event_timestamp";
    private const long LeastMilliseconds = 1_000_000_000_000;
    private const long MostMilliseconds = 9_999_999_999_999;
    private const long LeastSeconds = 1_000_000_000;
    private const long MostSeconds = 9_999_999_999;

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Old = TimeSpan.FromDays(7);

    public static void Check(JsonElement root, JsonElement? context, Place place, DateTimeOffset now, EventFindings findings)
    {
        if (root.TryGet("event_timestamp"u8, out _))
        {
            findings.Warning("CAX012", place.Of(Name), "event_timestamp belongs in context; leave it out here");
        }

        var inContext = place.Member("context");
        if (context is not { } owner || !owner.TryGet("event_timestamp"u8, out var value))
        {
            findings.Error(
                "CAX011", inContext.Of(Name),
                "event_timestamp is missing; send the time as a whole number of milliseconds since 1970 UTC (13 digits)");
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Number when value.TryGetInt64(out var number):
                CheckNumber(number, inContext, now, findings);
                break;
            case JsonValueKind.String when IsDigits(value.Utf8Text(), out var number):
                if (number is >= LeastMilliseconds and <= MostMilliseconds)
                {
                    findings.Warning("CAX012", inContext.Of(Name), "event_timestamp is a text; send it as a number, without quotes");
                }

                CheckNumber(number, inContext, now, findings);
                break;
            case JsonValueKind.String when LooksLikeIso(value.Utf8Text()):
                findings.Error(
                    "CAX013", inContext.Of(Name),
                    "event_timestamp is a date as text; send it as a whole number of milliseconds since 1970 UTC (13 digits)");
                break;
            default:
                WrongForm(inContext, findings);
                break;
        }
    }

    private static void CheckNumber(long number, Place inContext, DateTimeOffset now, EventFindings findings)
    {
        if (number is >= LeastSeconds and <= MostSeconds)
        {
            findings.Error("CAX013", inContext.Of(Name), "event_timestamp is in seconds (10 digits); send milliseconds (13 digits)");
        }
        else if (number is < LeastMilliseconds or > MostMilliseconds)
        {
            WrongForm(inContext, findings);
        }
        else if (number > (now + Ahead).ToUnixTimeMilliseconds())
        {
            findings.Error(
                "CAX011", inContext.Of(Name),
                "event_timestamp is more than 5 minutes in the future; check the clock and the time zone of the sender");
        }
        else if (number < (now - Old).ToUnixTimeMilliseconds())
        {
            findings.Warning("CAX014", inContext.Of(Name), "the event is older than 7 days; destinations may ignore it");
        }
    }

    private static void WrongForm(Place inContext, EventFindings findings) =>
        findings.Error("CAX011", inContext.Of(Name), "event_timestamp must be a whole number of milliseconds since 1970 UTC (13 digits)");

    private static bool IsDigits(ReadOnlySpan<byte> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool LooksLikeIso(ReadOnlySpan<byte> text) => text.Length >= 10 && IsDigits(text[..4], out _) && text[4] == '-';
}
