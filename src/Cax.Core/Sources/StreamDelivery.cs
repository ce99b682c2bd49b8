using System.Runtime.CompilerServices;

namespace Cax.Core.Sources;

/// <summary>A file or a stream of JSON values. Nobody is told the outcome: the file stays where it is, and the accounts say what became of it.</summary>
public sealed class StreamDelivery : SourceDelivery
{
    private readonly Func<Stream> _open;
    private readonly SourceOptions _options;
    private readonly bool _endless;

    private StreamDelivery(string name, string identity, DateTimeOffset receivedAt, bool endless, Func<Stream> open, SourceOptions options, string destination)
    {
        Name = name;
        Identity = identity;
        ReceivedAt = receivedAt;
        Destination = destination;
        _endless = endless;
        _open = open;
        _options = options;
    }

    public override string SourceName => _options.Name;

    public override string Name { get; }

    public override string Identity { get; }

    public override string Destination { get; }

    public override DateTimeOffset ReceivedAt { get; }

    public override bool CountsRest => !_endless;

    /// <summary>A file; its time is that of its last change.</summary>
    public static StreamDelivery OfFile(string path, SourceOptions options, string destination) => new(
        path,
        Path.GetFullPath(path),
        new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero),
        endless: false,
        () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, useAsync: true),
        options,
        destination);

    /// <summary>Standard input or another stream that is read once.</summary>
    public static StreamDelivery OfStream(string name, Stream stream, DateTimeOffset receivedAt, SourceOptions options, string destination) =>
        new(name, name, receivedAt, endless: true, () => stream, options, destination);

    public override async IAsyncEnumerable<Record> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = Open();
        await foreach (var record in new JsonRecordReader(_options).ReadAsync(stream, cancellation))
        {
            yield return record;
        }
    }

    private Stream Open()
    {
        try
        {
            return _open();
        }
        catch (UnauthorizedAccessException e)
        {
            // To the run it is one more source that cannot be read.
            throw new IOException(e.Message, e);
        }
    }

    public override ValueTask SettleAsync(Outcome outcome, CancellationToken cancellation) => ValueTask.CompletedTask;
}
