using System.Buffers;
using System.Text;

namespace Cax.Core.Mapping.Drafts;

/// <summary>
/// Writes JSON texts. Unlike the platform's writer it never escapes a letter that UTF-8 can carry (the relaxed encoder still escapes
/// everything above U+FFFF).
/// </summary>
internal static class JsonQuoting
{
    private const string Controls =
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f";

    private static readonly SearchValues<char> EscapedLetters = SearchValues.Create("\"\\" + Controls);
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(Encoding.ASCII.GetBytes("\"\\" + Controls));

    public static void Quote(this ByteBuffer buffer, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOfAny(Escaped) >= 0)
        {
            QuoteEscaping(buffer, utf8);
            return;
        }

        var room = buffer.Room(utf8.Length + 2);
        room[0] = (byte)'"';
        utf8.CopyTo(room[1..]);
        room[utf8.Length + 1] = (byte)'"';
        buffer.Advance(utf8.Length + 2);
    }

    public static void Quote(this ByteBuffer buffer, string text)
    {
        if (text.AsSpan().ContainsAny(EscapedLetters))
        {
            QuoteEscaping(buffer, Encoding.UTF8.GetBytes(text));
            return;
        }

        buffer.Append((byte)'"');
        buffer.Append(text);
        buffer.Append((byte)'"');
    }

    private static void QuoteEscaping(ByteBuffer buffer, ReadOnlySpan<byte> utf8)
    {
        buffer.Append((byte)'"');
        while (utf8.IndexOfAny(Escaped) is var at and >= 0)
        {
            buffer.Append(utf8[..at]);
            Escape(buffer, utf8[at]);
            utf8 = utf8[(at + 1)..];
        }

        buffer.Append(utf8);
        buffer.Append((byte)'"');
    }

    private static void Escape(ByteBuffer buffer, byte value)
    {
        if (value >= 0x20)
        {
            buffer.Append((byte)'\\');
            buffer.Append(value);
            return;
        }

        var hex = "0123456789abcdef"u8;
        buffer.Append("\\u00"u8);
        buffer.Append(hex[value >> 4]);
        buffer.Append(hex[value & 15]);
    }
}
