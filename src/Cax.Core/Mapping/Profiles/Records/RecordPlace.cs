using Cax.Core.Mapping.Profiles.Conditions;
using Cax.Core.Mapping.Profiles.Paths;

namespace Cax.Core.Mapping.Profiles.Records;

/// <summary>How the record is written where it is.</summary>
internal enum RecordEncoding
{
    Plain,

    /// <summary>A text that holds JSON.</summary>
    Json,

    /// <summary>A text that holds JSON in base64.</summary>
    Base64,
}

/// <summary>Where a record may be in its message. A path that ends in <c>[]</c> leads to several.</summary>
internal sealed record RecordPlace(SourcePath Path, RecordEncoding Encoding)
{
    /// <summary>Asked of the whole message; null for a place that always counts.</summary>
    public Condition? When { get; init; }
}
