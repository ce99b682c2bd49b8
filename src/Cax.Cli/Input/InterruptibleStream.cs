using Cax.Core.Sources;

namespace Cax.Cli.Input;

/// <summary>Standard input that can be given up: a read of a terminal or pipe goes on until something comes, whatever its token says.</summary>
internal sealed class InterruptibleStream(Stream inner) : ForwardStream
{
    // An abandoned read still writes somewhere; here that hurts nobody.
    private readonly byte[] _buffer = new byte[64 * 1_024];

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = Math.Min(buffer.Length, _buffer.Length);
        var reading = Task.Run(() => inner.ReadAsync(_buffer.AsMemory(0, wanted), CancellationToken.None).AsTask(), CancellationToken.None);
        var count = await reading.WaitAsync(cancellationToken);
        _buffer.AsMemory(0, count).CopyTo(buffer);
        return count;
    }
}
