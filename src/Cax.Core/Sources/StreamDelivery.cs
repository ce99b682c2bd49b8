using System.Runtime.CompilerServices;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources.Files;

namespace Cax.Core.Sources;

/// <summary>A file or a stream of records, in any of the shapes that are read. Nobody is told the outcome: the file stays where it is, and the accounts say what became of it.</summary>
public sealed class StreamDelivery : SourceDelivery
{
    private readonly StreamSource _source;
    private readonly SourceOptions _options;
    private readonly bool _endless;
    private readonly ProfileCatalog _profiles;

    private StreamDelivery(StreamSource source, bool endless, SourceOptions options, string destination, ProfileCatalog profiles)
    {
        _profiles = profiles;
        Destination = destination;
        _source = source;
        _endless = endless;
        _options = options;
    }

    public override string SourceName => _options.Name;

    public override string Name => _source.Name;

    public override string Identity => _source.Identity;

    public override string Destination { get; }

    public override DateTimeOffset ReceivedAt => _source.ReceivedAt;

    public override bool CountsRest => !_endless;

    /// <summary>Something that ends, and that can be opened again and again.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="options">How.</param>
    /// <param name="destination">The name of the destination.</param>
    /// <param name="profiles">The profiles that may know the header of its rows.</param>
    /// <param name="hints">What is known about how its records are to be mapped; null for nothing.</param>
    public static StreamDelivery Of(StreamSource source, SourceOptions options, string destination, ProfileCatalog profiles, MappingHints? hints = null) =>
        Of(source, endless: false, options, destination, profiles, hints);

    /// <summary>Something of which nobody knows whether it ends, and which is read once.</summary>
    /// <param name="source">What is read.</param>
    /// <param name="options">How.</param>
    /// <param name="destination">The name of the destination.</param>
    /// <param name="profiles">The profiles that may know the header of its rows.</param>
    /// <param name="hints">What is known about how its records are to be mapped; null for nothing.</param>
    public static StreamDelivery OfEndless(StreamSource source, SourceOptions options, string destination, ProfileCatalog profiles, MappingHints? hints = null) =>
        Of(source, endless: true, options, destination, profiles, hints);

    public override async IAsyncEnumerable<Record> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = await OpenAsync(cancellation);
        await using var file = await RecordFile.OpenAsync(stream, _source.Name, _options, _profiles, Hints, cancellation);
        await foreach (var record in file.ReadAsync(cancellation))
        {
            yield return record;
        }
    }

    private static StreamDelivery Of(
        StreamSource source, bool endless, SourceOptions options, string destination, ProfileCatalog profiles, MappingHints? hints) =>
        new(source, endless, options, destination, profiles) { Hints = hints ?? MappingHints.None };

    private async ValueTask<Stream> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            return await _source.Open(cancellation);
        }
        catch (UnauthorizedAccessException e)
        {
            // To the run it is one more source that cannot be read.
            throw new IOException(e.Message, e);
        }
    }

    public override ValueTask SettleAsync(Outcome outcome, CancellationToken cancellation) => ValueTask.CompletedTask;
}
