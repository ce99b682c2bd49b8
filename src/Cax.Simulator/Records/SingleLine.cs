namespace Cax.Simulator.Records;

/// <summary>JSON without line breaks. Only white space between tokens goes; numbers and strings keep their text as sent.</summary>
internal static class SingleLine
{
    public static ReadOnlySpan<byte> Of(ReadOnlyMemory<byte> json) =>
        json.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0 ? json.Span : Compacted(json.Span);

    private static byte[] Compacted(ReadOnlySpan<byte> json)
    {
        var compact = new byte[json.Length];
        var length = 0;
        var inText = false;
        var escaped = false;
        foreach (var letter in json)
        {
            if (!inText && letter is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r') continue;
            compact[length++] = letter;
            if (letter == (byte)'"' && !escaped) inText = !inText;
            escaped = inText && letter == (byte)'\\' && !escaped;
        }

        return compact[..length];
    }
}
