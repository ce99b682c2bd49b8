using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Tape;

/// <summary>Compares and trims texts as UTF-8.</summary>
internal static class Texts
{
    /// <summary><c>\u00a0</c></summary>
    private const int LongestEscape = 6;

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

    /// <summary>Whether two texts differ in case at most.</summary>
    public static bool AreAlike(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        Ascii.IsValid(b) ? Ascii.EqualsIgnoreCase(a, b) : AreAlikeLetterByLetter(a, b);

    /// <summary>Whether a text, number or boolean of the message reads so.</summary>
    public static bool AreAlike(JsonTape tape, int node, ReadOnlySpan<byte> wanted)
    {
        if (tape.Kind(node) != JsonValueKind.String)
        {
            return tape.Raw(node).Span.SequenceEqual(wanted);
        }

        var text = tape.IsEscaped(node) ? JsonText.Utf8(tape.Raw(node).Span).ToArray() : tape.Content(node);
        return AreAlike(Trim(text).Span, wanted);
    }

    /// <summary>Whether the content of a JSON text, escapes and all, is nothing but blanks.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> content)
    {
        // The first letter nearly always tells.
        while (!content.IsEmpty)
        {
            var length = BlankLength(content);
            if (length == 0)
            {
                return false;
            }

            content = content[length..];
        }

        return true;
    }

    /// <summary>Whether the content of a JSON text has no blanks around it for sure. An escape near its end may be one.</summary>
    public static bool IsTrimmed(ReadOnlySpan<byte> content) =>
        BlankLength(content) == 0 && content[^1] != ' ' && !content.EndsWith("\u00a0"u8) && !content[^Math.Min(LongestEscape, content.Length)..].Contains((byte)'\\');

    /// <summary>The length of the blank at the beginning, as it is written; 0 when there is none. JSON has line ends and tabs as escapes only.</summary>
    private static int BlankLength(ReadOnlySpan<byte> content) => content[0] switch
    {
        (byte)' ' => 1,
        0xC2 => content.StartsWith("\u00a0"u8) ? 2 : 0,
        (byte)'\\' when content[1] is (byte)'n' or (byte)'r' or (byte)'t' => 2,
        (byte)'\\' when content[1] == 'u' && Utf8Parser.TryParse(content[2..LongestEscape], out ushort code, out _, 'x') && (char)code is ' ' or '\t' or '\r' or '\n' or '\u00a0' => LongestEscape,
        _ => 0,
    };

    private static bool AreAlikeLetterByLetter(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        while (!a.IsEmpty && !b.IsEmpty)
        {
            Rune.DecodeFromUtf8(a, out var one, out var length);
            Rune.DecodeFromUtf8(b, out var other, out var otherLength);
            if (one != other && Rune.ToUpperInvariant(one) != Rune.ToUpperInvariant(other))
            {
                return false;
            }

            a = a[length..];
            b = b[otherLength..];
        }

        return a.IsEmpty && b.IsEmpty;
    }
}
