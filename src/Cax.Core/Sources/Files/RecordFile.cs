using Cax.Core.Mapping.Profiles;

namespace Cax.Core.Sources.Files;

/// <summary>
/// A file of records in any of the shapes that are read: NDJSON, a JSON array, CSV or TSV, each plain or packed with gzip, recognised by its content.
/// </summary>
public sealed class RecordFile : IAsyncDisposable
{
    private readonly Stream _input;
    private readonly SourceOptions _options;

    private RecordFile(Stream input, SourceOptions options, FileLayout layout)
    {
        _input = input;
        _options = options;
        Layout = layout;
    }

    /// <summary>What was recognised.</summary>
    public FileLayout Layout { get; }

    /// <summary>Looks at the beginning of a file.</summary>
    /// <param name="input">The file, from its beginning; closed with what is returned.</param>
    /// <param name="name">Its name or path: it decides where the content leaves a doubt.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="profiles">The profiles that may know its header.</param>
    /// <param name="hints">The profile that was asked for, if one was.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ValueTask<RecordFile> OpenAsync(
        Stream input, string name, SourceOptions options, ProfileCatalog profiles, MappingHints hints, CancellationToken cancellation) =>
        new(new RecordFile(input, options, new FileLayout { Format = FileFormat.Json, Profile = hints.Profile }));

    /// <summary>Its records, from the first to the last. What cannot be read is a record with a fault.</summary>
    public IAsyncEnumerable<Record> ReadAsync(CancellationToken cancellation) => new JsonRecordReader(_options).ReadAsync(_input, cancellation);

    public ValueTask DisposeAsync() => _input.DisposeAsync();
}
