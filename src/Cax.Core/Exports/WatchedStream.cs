using Cax.Core.Sources;

namespace Cax.Core.Exports;

/// <summary>Tells how much of a file was read.</summary>
internal sealed class WatchedStream(Stream file, IExportWatch watch) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await file.ReadAsync(buffer, cancellationToken);
        watch.Reads(count);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
