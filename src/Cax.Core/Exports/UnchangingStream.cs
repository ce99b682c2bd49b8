using Cax.Core.Sources;

namespace Cax.Core.Exports;

/// <summary>A file that breaks off when it is written to while it is read, rather than mix two versions.</summary>
internal sealed class UnchangingStream(Stream file, string path, FileVersion version) : ForwardStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await file.ReadAsync(buffer, cancellationToken);
        return FileVersion.Of(path) == version
            ? count
            : throw new IOException($"{path}: was changed or deleted while it was read; send it again once it is complete");
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

/// <summary>What tells one version of a file from another. A file that is not there has none.</summary>
internal readonly record struct FileVersion(long Length, DateTime WrittenAt)
{
    public static FileVersion Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileVersion(file.Length, file.LastWriteTimeUtc) : default;
    }
}
