using System.Buffers;
using System.Text;

namespace Cax.Core.Reports.Files;

/// <summary>Makes text that was read as UTF-8 into the bytes of the file again, those included that its encoding did not know.</summary>
internal static class OriginalBytes
{
    /// <summary>
    /// The bytes. What is no UTF-8 stands for itself: bytes that did not decode were kept as they are, and the halves of surrogate pairs as the three
    /// bytes that UTF-8 would give them.
    /// </summary>
    public static byte[] Of(ReadOnlySpan<byte> utf8, Encoding encoding)
    {
        if (encoding.CodePage == Encoding.UTF8.CodePage)
        {
            return utf8.ToArray();
        }

        var bytes = new ArrayBufferWriter<byte>(utf8.Length);
        while (!utf8.IsEmpty)
        {
            var valid = ValidLength(utf8);
            if (valid > 0)
            {
                // What the encoding cannot write cannot have come from it: only our own words are changed by this.
                bytes.Write(encoding.GetBytes(Encoding.UTF8.GetString(utf8[..valid])));
                utf8 = utf8[valid..];
            }
            else if (IsUtf16(encoding) && utf8 is [0xED, >= 0xA0, >= 0x80, ..])
            {
                var half = (ushort)(0xD000 | ((utf8[1] & 0x3F) << 6) | (utf8[2] & 0x3F));
                var (low, high) = ((byte)half, (byte)(half >> 8));
                bytes.Write(encoding.CodePage == Encoding.Unicode.CodePage ? [low, high] : [high, low]);
                utf8 = utf8[3..];
            }
            else
            {
                bytes.Write(utf8[..1]);
                utf8 = utf8[1..];
            }
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static int ValidLength(ReadOnlySpan<byte> utf8)
    {
        var length = 0;
        while (length < utf8.Length && Rune.DecodeFromUtf8(utf8[length..], out _, out var consumed) == OperationStatus.Done)
        {
            length += consumed;
        }

        return length;
    }

    private static bool IsUtf16(Encoding encoding) => encoding.CodePage == Encoding.Unicode.CodePage || encoding.CodePage == Encoding.BigEndianUnicode.CodePage;
}
