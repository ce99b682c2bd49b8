using System.Buffers;
using System.Text;

namespace Cax.Core.Sources.Files;

/// <summary>A character a byte, of which the first 128 are ASCII.</summary>
internal sealed class SingleByteEncoding : FileEncoding
{
    private const int Ascii = 128;

    private readonly byte[][] _utf8 = new byte[Ascii][];
    private readonly Dictionary<Rune, byte> _bytes = [];

    /// <param name="standard">The encoding of the platform.</param>
    /// <param name="undefined">Bytes for which the encoding has no character, whatever the platform makes of them.</param>
    public SingleByteEncoding(Encoding standard, byte[] undefined)
        : base(standard)
    {
        for (var i = 0; i < Ascii; i++)
        {
            var b = (byte)(Ascii + i);
            if (Array.IndexOf(undefined, b) >= 0)
            {
                _utf8[i] = new byte[3];
                _ = WriteUndecodable(b, _utf8[i]);
            }
            else
            {
                var character = new Rune(standard.GetString([b])[0]);
                _utf8[i] = Encoding.UTF8.GetBytes(character.ToString());
                _bytes[character] = b;
            }
        }
    }

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> utf8, bool isEnd, out int consumed)
    {
        consumed = source.Length;
        var written = 0;
        while (!source.IsEmpty)
        {
            var plain = source.IndexOfAnyExceptInRange((byte)0, (byte)(Ascii - 1));
            plain = plain < 0 ? source.Length : plain;
            source[..plain].CopyTo(utf8[written..]);
            written += plain;
            source = source[plain..];
            while (source is [>= Ascii, ..])
            {
                var character = _utf8[source[0] - Ascii];
                character.CopyTo(utf8[written..]);
                written += character.Length;
                source = source[1..];
            }
        }

        return written;
    }

    public override void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        while (!utf8.IsEmpty)
        {
            int used;
            byte b;
            if (Rune.DecodeFromUtf8(utf8, out var character, out used) != OperationStatus.Done)
            {
                (b, used) = TryUndecodable(utf8, out var itself) ? (itself, 3) : ((byte)'?', used);
            }
            else if (character.IsAscii)
            {
                b = (byte)character.Value;
            }
            else
            {
                b = _bytes.GetValueOrDefault(character, (byte)'?');
            }

            output.Write([b]);
            utf8 = utf8[used..];
        }
    }
}
