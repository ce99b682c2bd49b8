using System.Buffers;

namespace Cax.Core.Sources.Files;

/// <summary>A stream in some encoding, read as UTF-8. A byte order mark comes through.</summary>
internal sealed class DecodedStream(Stream inner, FileEncoding encoding) : ForwardStream
{
    private const int SourceBytes = 32 * 1_024;

    private byte[] _source = ArrayPool<byte>.Shared.Rent(SourceBytes);
    private byte[] _utf8 = ArrayPool<byte>.Shared.Rent(3 * SourceBytes);
    private int _kept;
    private int _from;
    private int _to;
    private bool _isEnd;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_from == _to && !_isEnd)
        {
            var count = await inner.ReadAsync(_source.AsMemory(_kept, SourceBytes - _kept), cancellationToken);
            _isEnd = count == 0;
            Decode(_kept + count);
        }

        var given = Math.Min(buffer.Length, _to - _from);
        _utf8.AsMemory(_from, given).CopyTo(buffer);
        _from += given;
        return given;
    }

    private void Decode(int length)
    {
        _from = 0;
        _to = encoding.Decode(_source.AsSpan(0, length), _utf8, _isEnd, out var consumed);
        _kept = length - consumed;
        _source.AsSpan(consumed, _kept).CopyTo(_source);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _source.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_source);
            ArrayPool<byte>.Shared.Return(_utf8);
            (_source, _utf8) = ([], []);
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
