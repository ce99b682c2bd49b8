namespace Cax.Core.Sources;

/// <summary>A file, a blob or another stream, before it is opened.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Identity">What tells it from everything else that is read, the same whenever the same content is offered.</param>
/// <param name="ReceivedAt">When the source got this content.</param>
/// <param name="Open">Opens it for reading from its beginning to its end; an <see cref="IOException"/> says that it cannot be read.</param>
public sealed record StreamSource(string Name, string Identity, DateTimeOffset ReceivedAt, Func<CancellationToken, ValueTask<Stream>> Open)
{
    /// <summary>A file; its time is that of its last change.</summary>
    public static StreamSource OfFile(string path) => new(
        path,
        Path.GetFullPath(path),
        new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero),
        _ => new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, useAsync: true)));

    /// <summary>Standard input or another stream that is read once.</summary>
    public static StreamSource OfStream(string name, Stream stream, DateTimeOffset receivedAt) => new(name, name, receivedAt, _ => new(stream));
}
