using System.Text;
using System.Text.Json;

namespace Cax.Core.Mapping.Tape;

/// <summary>Compares and trims texts as UTF-8.</summary>
internal static class Texts
{
    /// <summary>Without blanks, tabs, line ends and no-break spaces around it.</summary>
    public static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> utf8)
    {
        while (true)
        {
            var trimmed = utf8.Trim(" \t\r\n"u8);
            trimmed = trimmed.Span.StartsWith("\u00a0"u8) ? trimmed[2..] : trimmed;
            trimmed = trimmed.Span.EndsWith("\u00a0"u8) ? trimmed[..^2] : trimmed;
            if (trimmed.Length == utf8.Length)
            {
                return trimmed;
            }

            utf8 = trimmed;
        }
    }

    /// <summary>Whether a text of the message has nothing around it for sure, be it written as an escape. False leaves the answer to <see cref="Trim"/>.</summary>
    public static bool IsTrimmed(ReadOnlySpan<byte> content)
    {
        const int LongestEscape = 6;
        const byte NoBreakStarts = 0xC2, NoBreakEnds = 0xA0;
        return content is [> (byte)' ' and not (byte)'\\' and not NoBreakStarts, ..] and [.., > (byte)' ' and not NoBreakEnds]
            && !content[^Math.Min(LongestEscape, content.Length)..].Contains((byte)'\\');
    }

    /// <summary>Whether two texts differ in case at most.</summary>
    public static bool AreAlike(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        Ascii.IsValid(b) ? Ascii.EqualsIgnoreCase(a, b) : string.Equals(Encoding.UTF8.GetString(a), Encoding.UTF8.GetString(b), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text, number or boolean of the message reads so.</summary>
    public static bool AreAlike(JsonTape tape, int node, ReadOnlySpan<byte> wanted)
    {
        if (tape.Kind(node) != JsonValueKind.String)
        {
            return tape.Raw(node).Span.SequenceEqual(wanted);
        }

        var content = tape.Content(node);
        return AreAlike(tape.IsEscaped(node) ? Drafts.JsonText.Utf8(tape.Raw(node).Span) : Trim(content).Span, wanted);
    }
}
