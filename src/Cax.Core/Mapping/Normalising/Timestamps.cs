using System.Buffers.Text;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Normalising;

/// <summary>
/// Brings the time to where it belongs: <c>context.event_timestamp</c>, whole milliseconds (CAX reference 12.1). Seconds and times without an
/// offset are left as they are, because turning them into milliseconds would be a guess.
/// </summary>
internal static class Timestamps
{
    private const int MillisecondDigits = 13;

    /// <summary>The time of the event in milliseconds; zero when it has none that can be used.</summary>
    public static long Normalise(Draft draft)
    {
        if (draft.Root.Open("context"u8) is not { } context || context.Lacks("event_timestamp"u8))
        {
            return FromElsewhere(draft);
        }

        var given = context.Raw("event_timestamp"u8);
        if (JsonText.Kind(given) != JsonValueKind.String)
        {
            return Utf8Parser.TryParse(given, out long time, out var read) && read == given.Length ? time : 0;
        }

        if (!TryRead(draft, given, out var converted))
        {
            return 0;
        }

        context.SetNumber("event_timestamp"u8, converted);
        Warn(draft, "$.context.event_timestamp", "The time is a text. It was converted.");
        return converted;
    }

    private static long FromElsewhere(Draft draft)
    {
        var root = draft.Root;
        if (TryRead(draft, root.Raw("event_timestamp"u8), out var time) && root.OpenOrAdd("context"u8) is { } context)
        {
            root.Remove("event_timestamp"u8);
            context.SetNumber("event_timestamp"u8, time);
            Warn(draft, "$.event_timestamp", "The time stands at the root. It was moved.");
            return time;
        }

        if (!root.Has("event_timestamp"u8) && root.Open("context"u8) is { } web
            && IsoTime.TryParse(web.Utf8("created"u8), out var created))
        {
            web.Remove("created"u8);
            web.SetNumber("event_timestamp"u8, created);
            Warn(draft, "$.context.created", "The time stands in created only. It was moved.");
            return created;
        }

        return 0;
    }

    private static bool TryRead(Draft draft, ReadOnlySpan<byte> json, out long milliseconds)
    {
        var text = JsonText.Kind(json) == JsonValueKind.String ? draft.Utf8(json) : json;
        return text.Length == MillisecondDigits && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            ? Utf8Parser.TryParse(text, out milliseconds, out _)
            : IsoTime.TryParse(text, out milliseconds);
    }

    private static void Warn(Draft draft, string path, string what) =>
        draft.Warn("CAX012", path, what + " Send context.event_timestamp as a whole number of milliseconds.");
}
