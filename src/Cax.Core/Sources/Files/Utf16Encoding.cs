using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Cax.Core.Sources.Files;

/// <summary>UTF-16 in one of its two byte orders.</summary>
internal sealed class Utf16Encoding(bool isBigEndian) : FileEncoding(new UnicodeEncoding(isBigEndian, byteOrderMark: false))
{
    private const int Stretch = 1_024;

    public override int Decode(ReadOnlySpan<byte> source, Span<byte> utf8, bool isEnd, out int consumed)
    {
        consumed = 0;
        var written = 0;
        Span<char> units = stackalloc char[Stretch];
        while (source.Length - consumed >= 2)
        {
            var count = Math.Min(Stretch, (source.Length - consumed) / 2);
            for (var i = 0; i < count; i++)
            {
                units[i] = Read(source[(consumed + (2 * i))..]);
            }

            var hasMore = consumed + (2 * count) < source.Length - 1;
            var done = System.Text.Unicode.Utf8.FromUtf16(
                units[..count], utf8[written..], out var read, out var made, replaceInvalidSequences: false, isFinalBlock: isEnd && !hasMore);
            consumed += 2 * read;
            written += made;
            if (done == OperationStatus.InvalidData)
            {
                written += WriteHalf(units[read], utf8[written..]);
                consumed += 2;
            }
            else if (done == OperationStatus.NeedMoreData && !hasMore)
            {
                return written;
            }
        }

        if (isEnd && consumed < source.Length)
        {
            written += WriteUndecodable(source[consumed], utf8[written..]);
            consumed++;
        }

        return written;
    }

    public override void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        Span<char> pair = stackalloc char[2];
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var character, out var used) == OperationStatus.Done)
            {
                foreach (var unit in pair[..character.EncodeToUtf16(pair)])
                {
                    Write(unit, output);
                }
            }
            else if (utf8 is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..])
            {
                used = 3;
                Write((char)(0xD000 | ((utf8[1] & 0x3F) << 6) | (utf8[2] & 0x3F)), output);
            }
            else if (TryUndecodable(utf8, out var b))
            {
                used = 3;
                output.Write([b]);
            }
            else
            {
                Write('?', output);
            }

            utf8 = utf8[used..];
        }
    }

    /// <summary>The bytes that UTF-8 would have for half of a surrogate pair, if it had any.</summary>
    private static int WriteHalf(char half, Span<byte> utf8)
    {
        utf8[0] = 0xED;
        utf8[1] = (byte)(0x80 | ((half >> 6) & 0x3F));
        utf8[2] = (byte)(0x80 | (half & 0x3F));
        return 3;
    }

    private char Read(ReadOnlySpan<byte> bytes) =>
        (char)(isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes));

    private void Write(char unit, IBufferWriter<byte> output)
    {
        var bytes = output.GetSpan(2);
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, unit);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, unit);
        }

        output.Advance(2);
    }
}
