using System.Text;

namespace Cax.Core.Mapping.Drafts;

/// <summary>
/// Bytes written one after the other, into memory that is used again. What was handed out as memory or span stays valid while the buffer
/// grows: growing copies, and the old array lives as long as somebody looks at it. It ends with <see cref="Clear"/>.
/// </summary>
internal sealed class ByteBuffer(int capacity)
{
    private byte[] _bytes = new byte[capacity];

    /// <summary>How many bytes were written.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>Room for at least this many bytes, to be filled from its beginning and then counted with <see cref="Advance"/>.</summary>
    public Span<byte> Room(int length)
    {
        if (_bytes.Length - Count < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Count + length));
        }

        return _bytes.AsSpan(Count);
    }

    public void Advance(int length) => Count += length;

    public void Append(byte value)
    {
        Room(1)[0] = value;
        Count++;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Count += bytes.Length;
    }

    /// <summary>Writes a text as UTF-8.</summary>
    public void Append(string text) => Count += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));

    /// <summary>What was written from a place on.</summary>
    public ReadOnlyMemory<byte> From(int start) => _bytes.AsMemory(start, Count - start);
}
