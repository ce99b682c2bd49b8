using System.IO.Compression;

namespace Cax.Core.Sources.Files;

/// <summary>What a gzip stream of one or several members holds. Where it is damaged or cut off it ends, and says so.</summary>
/// <remarks>
/// The platform takes a stream that is cut off for one that ends. So a member of our own is read behind it: if that comes out, everything before it was
/// complete, and otherwise it was not, or something else follows it.
/// </remarks>
internal sealed class UnpackedStream : ForwardStream
{
    private static readonly byte[] End = "\u0004-\u0017-cax-end-\u0004-\u0017"u8.ToArray();
    private static readonly byte[] PackedEnd = Pack(End);

    private readonly Followed _packed;
    private readonly GZipStream _gzip;
    private readonly byte[] _held = new byte[End.Length];
    private byte[] _buffer = [];
    private int _heldCount;
    private bool _isEnd;

    public UnpackedStream(Stream packed)
    {
        _packed = new Followed(packed);
        _gzip = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <summary>What is wrong with the packed data, once that was come upon; null when nothing is.</summary>
    public string? Damage { get; private set; }

    /// <summary>Whether a file begins as gzip does.</summary>
    public static bool IsPacked(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // As many bytes as the end has are held back, for they may be it.
        while (!_isEnd)
        {
            if (_buffer.Length < buffer.Length)
            {
                _buffer = new byte[buffer.Length];
            }

            var count = await UnpackAsync(_buffer.AsMemory(0, buffer.Length), cancellationToken);
            var given = Math.Max(0, _heldCount + count - _held.Length);
            if (given > 0)
            {
                Give(buffer.Span[..given], _buffer.AsSpan(0, count));
                return given;
            }

            _buffer.AsSpan(0, count).CopyTo(_held.AsSpan(_heldCount));
            _heldCount += count;
        }

        var left = Math.Min(_heldCount, buffer.Length);
        _held.AsMemory(0, left).CopyTo(buffer);
        _held.AsSpan(left, _heldCount - left).CopyTo(_held);
        _heldCount -= left;
        return left;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private async ValueTask<int> UnpackAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            var count = await _gzip.ReadAsync(buffer, cancellation);
            if (count == 0 && buffer.Length > 0)
            {
                _isEnd = true;
                if (_held.AsSpan(0, _heldCount).SequenceEqual(End))
                {
                    _heldCount = 0;
                }
                else
                {
                    Damage = "the gzip data is cut off, or something else follows it; write the file again";
                }
            }

            return count;
        }
        catch (InvalidDataException)
        {
            _isEnd = true;
            Damage = "the gzip data is damaged; write the file again";
            return 0;
        }
    }

    /// <summary>Gives the oldest of what is held and what came, and holds the rest.</summary>
    private void Give(Span<byte> buffer, ReadOnlySpan<byte> came)
    {
        var ofHeld = Math.Min(_heldCount, buffer.Length);
        _held.AsSpan(0, ofHeld).CopyTo(buffer);
        came[..(buffer.Length - ofHeld)].CopyTo(buffer[ofHeld..]);
        _held.AsSpan(ofHeld, _heldCount - ofHeld).CopyTo(_held);
        _heldCount -= ofHeld;
        var rest = came[(buffer.Length - ofHeld)..];
        rest.CopyTo(_held.AsSpan(_heldCount));
        _heldCount += rest.Length;
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>The packed stream, and the end behind it.</summary>
    private sealed class Followed(Stream packed) : ForwardStream
    {
        private int _given = -1;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_given < 0)
            {
                var count = await packed.ReadAsync(buffer, cancellationToken);
                if (count > 0 || buffer.IsEmpty)
                {
                    return count;
                }

                _given = 0;
            }

            var left = Math.Min(buffer.Length, PackedEnd.Length - _given);
            PackedEnd.AsMemory(_given, left).CopyTo(buffer);
            _given += left;
            return left;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                packed.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
