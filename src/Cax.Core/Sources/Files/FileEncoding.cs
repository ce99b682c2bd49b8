using System.Buffers;
using System.Text;

namespace Cax.Core.Sources.Files;

/// <summary>An encoding that files are written in: how their bytes become UTF-8, piece by piece, and again what they were.</summary>
/// <remarks>
/// What does not decode is not replaced: it becomes bytes that are no UTF-8, so that it is found where the text is looked at, and the bytes of the file
/// can be made again. Half of a surrogate pair becomes the three bytes that UTF-8 would have for it, any other byte the three bytes FF 8h 8l, with its
/// two hexadecimal digits in h and l.
/// </remarks>
internal abstract class FileEncoding
{
    public static readonly FileEncoding Utf8 = new Utf8Encoding();

    public static readonly FileEncoding Utf16LittleEndian = new Utf16Encoding(isBigEndian: false);

    public static readonly FileEncoding Utf16BigEndian = new Utf16Encoding(isBigEndian: true);

    /// <summary>The byte order mark, as UTF-8.</summary>
    public static ReadOnlySpan<byte> Mark => "\uFEFF"u8;

    private static readonly FileEncoding[] All =
    [
        Utf8,
        Utf16LittleEndian,
        Utf16BigEndian,
        new SingleByteEncoding(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, undefined: [0x81, 0x8D, 0x8F, 0x90, 0x9D]),
        new SingleByteEncoding(Encoding.Latin1, undefined: []),
        new SingleByteEncoding(CodePagesEncodingProvider.Instance.GetEncoding(28605)!, undefined: []),
    ];

    private protected FileEncoding(Encoding standard) => Standard = standard;

    public Encoding Standard { get; }

    /// <summary>As profiles name it.</summary>
    public string Name => Standard.WebName;

    /// <summary>The encoding of this name, as a profile gives it; UTF-8 for null.</summary>
    public static FileEncoding Of(string? name) => name is null ? Utf8 : Array.Find(All, one => one.Name == name)!;

    /// <summary>The encoding with which this one of the platform agrees.</summary>
    public static FileEncoding Of(Encoding standard) => Of(standard.WebName);

    /// <summary>The encoding that a byte order mark at the beginning of a file tells; null when there is none.</summary>
    public static FileEncoding? OfMark(ReadOnlySpan<byte> head) =>
        head.StartsWith(Mark) ? Utf8
        : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Utf16LittleEndian
        : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Utf16BigEndian
        : null;

    /// <summary>Makes UTF-8 of a piece of a file. What is left of the source belongs to the next piece.</summary>
    /// <param name="source">The bytes of the file.</param>
    /// <param name="utf8">Room for three times as many bytes.</param>
    /// <param name="isEnd">Whether nothing comes after the source: then all of it is used up.</param>
    /// <param name="consumed">How many bytes of the source are used up.</param>
    /// <returns>How many bytes were written.</returns>
    public abstract int Decode(ReadOnlySpan<byte> source, Span<byte> utf8, bool isEnd, out int consumed);

    /// <summary>Makes the bytes of the file of what <see cref="Decode"/> made, or of other text. A character that the encoding lacks becomes <c>?</c>.</summary>
    public abstract void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output);

    /// <summary>The beginning of a file as UTF-8, without byte order mark.</summary>
    public ReadOnlyMemory<byte> Text(ReadOnlySpan<byte> head, bool isEnd)
    {
        var utf8 = new byte[3 * head.Length];
        var text = utf8.AsMemory(0, Decode(head, utf8, isEnd, out _));
        return text.Span.StartsWith(Mark) ? text[Mark.Length..] : text;
    }

    private protected static int WriteUndecodable(byte b, Span<byte> utf8)
    {
        utf8[0] = 0xFF;
        utf8[1] = (byte)(0x80 | (b >> 4));
        utf8[2] = (byte)(0x80 | (b & 0x0F));
        return 3;
    }

    /// <summary>The byte that stands for itself at the beginning of <paramref name="utf8"/>.</summary>
    private protected static bool TryUndecodable(ReadOnlySpan<byte> utf8, out byte b)
    {
        var stands = utf8 is [0xFF, >= 0x80 and <= 0x8F, >= 0x80 and <= 0x8F, ..];
        b = stands ? (byte)(((utf8[1] & 0x0F) << 4) | (utf8[2] & 0x0F)) : default;
        return stands;
    }

    private sealed class Utf8Encoding() : FileEncoding(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
    {
        public override int Decode(ReadOnlySpan<byte> source, Span<byte> utf8, bool isEnd, out int consumed)
        {
            source.CopyTo(utf8);
            consumed = source.Length;
            return source.Length;
        }

        public override void Encode(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output) => output.Write(utf8);
    }
}
