namespace Cax.Cli.Input;

/// <summary>Standard input that can be given up: a read of a terminal or pipe goes on until something comes, whatever its token says.</summary>
internal sealed class InterruptibleStream(Stream inner) : Stream
{
    // An abandoned read still writes somewhere; here that hurts nobody.
    private readonly byte[] _buffer = new byte[64 * 1_024];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = Math.Min(buffer.Length, _buffer.Length);
        var reading = Task.Run(() => inner.ReadAsync(_buffer.AsMemory(0, wanted), CancellationToken.None).AsTask(), CancellationToken.None);
        var count = await reading.WaitAsync(cancellationToken);
        _buffer.AsMemory(0, count).CopyTo(buffer);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
