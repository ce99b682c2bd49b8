using Cax.Core.Sources;

namespace Cax.Cli.Input;

/// <summary>A stream whose beginning has been looked at already.</summary>
internal sealed class PrefixedStream : ForwardStream
{
    private readonly Stream _rest;
    private ReadOnlyMemory<byte> _head;

    private PrefixedStream(ReadOnlyMemory<byte> head, Stream rest)
    {
        _head = head;
        _rest = rest;
    }

    /// <summary>The first bytes of a stream, and the stream as if they had not been read.</summary>
    public static async Task<(ReadOnlyMemory<byte> Head, Stream Stream)> PeekAsync(Stream stream, int bytes, CancellationToken cancellation)
    {
        var head = new byte[bytes];
        var count = await stream.ReadAtLeastAsync(head, bytes, throwOnEndOfStream: false, cancellation);
        return (head.AsMemory(0, count), new PrefixedStream(head.AsMemory(0, count), stream));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_head.IsEmpty)
        {
            return _rest.ReadAsync(buffer, cancellationToken);
        }

        var count = Math.Min(buffer.Length, _head.Length);
        _head[..count].CopyTo(buffer);
        _head = _head[count..];
        return ValueTask.FromResult(count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
