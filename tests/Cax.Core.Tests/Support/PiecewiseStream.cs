namespace Cax.Core.Tests.Support;

/// <summary>Bytes that come in pieces of a given size at most.</summary>
internal sealed class PiecewiseStream(byte[] bytes, int piece) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, piece)], cancellationToken);
}
