using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Cax.Storage;

/// <summary>Writes a blob of any size in blocks. There is nothing of it before <see cref="CompleteAsync"/>, which replaces an earlier blob whole.</summary>
/// <remarks>What is written without waiting is held until somebody writes and waits.</remarks>
/// <param name="blob">The blob.</param>
/// <param name="headers">What it is to be served with.</param>
/// <param name="guard">Runs each request: creates the container, and puts failures into words.</param>
internal sealed class BlockBlobStream(BlockBlobClient blob, BlobHttpHeaders headers, Func<Func<Task>, Task> guard) : Stream
{
    private const int BlockBytes = 4 * 1_024 * 1_024;

    private readonly MemoryStream _held = new();
    private readonly List<string> _blocks = [];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Makes the blob out of what was written.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        if (_blocks.Count == 0)
        {
            await guard(() =>
            {
                _held.Position = 0;
                return blob.UploadAsync(_held, new BlobUploadOptions { HttpHeaders = headers }, cancellation);
            });
            return;
        }

        await StageAsync(cancellation);
        await guard(() => blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions { HttpHeaders = headers }, cancellation));
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var count = (int)Math.Clamp(BlockBytes - _held.Length, 0, buffer.Length);
            _held.Write(buffer.Span[..count]);
            buffer = buffer[count..];
            if (_held.Length >= BlockBytes)
            {
                await StageAsync(cancellationToken);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => _held.Write(buffer, offset, count);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task StageAsync(CancellationToken cancellation)
    {
        if (_held.Length == 0)
        {
            return;
        }

        var id = BlobBlocks.NewId();
        await guard(() =>
        {
            _held.Position = 0;
            return blob.StageBlockAsync(id, _held, cancellationToken: cancellation);
        });
        _blocks.Add(id);
        _held.SetLength(0);
    }
}
