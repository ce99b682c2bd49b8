namespace Cax.Core.Mapping;

/// <summary>Makes events out of one record. Bad input is a result, never an exception.</summary>
public interface IRecordMapper
{
    /// <param name="utf8">One JSON value, as the source wrote it.</param>
    /// <param name="origin">Where it came from.</param>
    MapResult Map(ReadOnlyMemory<byte> utf8, RecordOrigin origin);
}

/// <summary>What a record does not say about itself.</summary>
/// <param name="Source">The name of the source system, used for derived ids when neither the record nor its profile names one.</param>
/// <param name="ReceivedAt">When the source got the record: the same at every redelivery.</param>
public sealed record RecordOrigin(string Source, DateTimeOffset ReceivedAt)
{
    /// <summary>The profile that its source chose; null to recognise the record by its shape.</summary>
    public ProfileChoice? Profile { get; init; }

    /// <summary>The properties that came with the message, by name without regard to case; empty for files.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = NoProperties;

    /// <summary>The origin of the records that one turned out to hold: the profile that found them maps them too.</summary>
    public RecordOrigin OfParts(MapResult whole) => whole.Profile is { } profile ? this with { Profile = profile } : this;

    private static readonly IReadOnlyDictionary<string, string> NoProperties = new Dictionary<string, string>();
}
