using System.Buffers;

namespace Cax.Core.Sources.Csv;

/// <summary>The part of a text that is being looked at: what is not read yet of what came, with its place in the file.</summary>
internal sealed class TextWindow : IDisposable
{
    private const int Smallest = 128 * 1_024;

    private readonly int _most;
    private byte[] _bytes;
    private int _end = 1;

    /// <param name="most">How many bytes it holds at most.</param>
    public TextWindow(int most)
    {
        _most = most;
        _bytes = ArrayPool<byte>.Shared.Rent(Smallest);
    }

    private TextWindow(ReadOnlySpan<byte> text, bool isEnd)
    {
        _most = int.MaxValue;
        _bytes = ArrayPool<byte>.Shared.Rent(text.Length + 1);
        _end = text.Length + 1;
        text.CopyTo(_bytes.AsSpan(1));
        IsEnd = isEnd;
    }

    /// <summary>A window on text that is there already.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isEnd">Whether nothing comes after it.</param>
    public static TextWindow On(ReadOnlySpan<byte> text, bool isEnd) => new(text, isEnd);

    /// <summary>Where what is not read yet begins, within all that is held; there is always a byte before it.</summary>
    public int Start { get; private set; } = 1;

    /// <summary>How much is not read yet. In bytes.</summary>
    public int Length => _end - Start;

    /// <summary>Whether no more can be held.</summary>
    public bool IsFull => Length >= _most;

    /// <summary>Whether nothing comes after what is held.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>How many bytes of the text were read.</summary>
    public long Offset { get; private set; }

    /// <summary>The line of the next byte, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>What is not read yet.</summary>
    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(Start, Length);

    /// <summary>The next bytes, with a line break before them that takes the place of whatever was read last.</summary>
    public ReadOnlyMemory<byte> AfterBreak(int length)
    {
        _bytes[Start - 1] = (byte)'\n';
        return _bytes.AsMemory(Start - 1, length + 1);
    }

    /// <summary>Counts bytes as read.</summary>
    /// <param name="length">How many.</param>
    /// <param name="lines">How many line breaks end in them.</param>
    public void Pass(int length, long lines)
    {
        Start += length;
        Offset += length;
        Line += lines;
    }

    /// <summary>Reads on, until there is as much again as there was, so that looking at all of it anew costs little.</summary>
    public async ValueTask FillAsync(Stream input, CancellationToken cancellation)
    {
        var wanted = Math.Min(Math.Max(1, 2 * Length), _most);
        do
        {
            MakeRoom();
            var count = await input.ReadAsync(_bytes.AsMemory(_end, Math.Min(_bytes.Length, _most + 1) - _end), cancellation);
            _end += count;
            IsEnd = count == 0;
        }
        while (!IsEnd && Length < wanted);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void MakeRoom()
    {
        var bytes = _bytes;
        var usable = Math.Min(bytes.Length, _most + 1);
        if (Start == 1 && _end < usable)
        {
            return;
        }

        if (2 * Length >= usable && usable <= _most)
        {
            _bytes = ArrayPool<byte>.Shared.Rent(Math.Min(2 * usable, _most + 1));
        }

        bytes.AsSpan(Start, Length).CopyTo(_bytes.AsSpan(1));
        (Start, _end) = (1, Length + 1);
        if (bytes != _bytes)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
