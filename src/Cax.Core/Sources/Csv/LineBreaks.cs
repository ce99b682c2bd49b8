namespace Cax.Core.Sources.Csv;

/// <summary>Line breaks as files have them: CR, LF, and CR with LF, which is one.</summary>
internal static class LineBreaks
{
    /// <summary>How many end in a piece of text. A CR at its end counts, whatever follows it.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (text.IndexOfAny((byte)'\r', (byte)'\n') is var at and >= 0)
        {
            text = text[(at + LengthAt(text, at))..];
            count++;
        }

        return count;
    }

    /// <summary>How long the one is that begins at a place.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int at) => text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;

    /// <summary>The first one: where it begins, and where it ends. False when there is none, or it may go on beyond the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isEnd">Whether nothing comes after the text.</param>
    /// <param name="at">Where the line break begins.</param>
    /// <param name="end">Where the next line begins.</param>
    public static bool TryFind(ReadOnlySpan<byte> text, bool isEnd, out int at, out int end)
    {
        at = text.IndexOfAny((byte)'\r', (byte)'\n');
        end = at < 0 ? 0 : at + LengthAt(text, at);
        return at >= 0 && (isEnd || text[at] == '\n' || end < text.Length);
    }
}
