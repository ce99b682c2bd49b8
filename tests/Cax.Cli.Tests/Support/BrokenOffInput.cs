namespace Cax.Cli.Tests.Support;

/// <summary>Standard input that gives some bytes, then calls and never gives anything again: a terminal at which Ctrl+C is pressed.</summary>
internal sealed class BrokenOffInput(byte[] bytes, Action then) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position < Length)
        {
            return base.ReadAsync(buffer, cancellationToken);
        }

        then();
        return new ValueTask<int>(new TaskCompletionSource<int>().Task);
    }
}
