namespace Cax.Cli.Tests.Support;

/// <summary>An input that fails as soon as it is read.</summary>
internal sealed class UnreadableInput : MemoryStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        throw new IOException("the disk is gone");
}
