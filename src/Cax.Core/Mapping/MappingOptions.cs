using Cax.Core.Mapping.Profiles;

namespace Cax.Core.Mapping;

/// <summary>Everything the mapping of one source depends on.</summary>
public sealed record MappingOptions
{
    /// <summary>Used for sources without an entry in <see cref="BySource"/>.</summary>
    public SourceMapping General { get; init; } = new();

    /// <summary>Settings of single sources, by the name the source gives itself.</summary>
    public IReadOnlyDictionary<string, SourceMapping> BySource { get; init; } =
        new Dictionary<string, SourceMapping>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How people are identified.</summary>
    public IdentityOptions Identity { get; init; } = new();

    /// <summary>The profiles by which records of other systems are mapped.</summary>
    public ProfileOptions Profiles { get; init; } = new();

    /// <summary>A larger event is written again without its white space before it is judged too large. In bytes.</summary>
    public int MaxEventBytes { get; init; } = Events.EventOptions.DefaultMaxBytes;

    public SourceMapping For(string source) => BySource.GetValueOrDefault(source, General);
}

/// <summary>What may differ from source to source.</summary>
public sealed record SourceMapping
{
    /// <summary>What happens when consent is not told.</summary>
    public ConsentOptions Consent { get; init; } = new();

    /// <summary>The <c>type</c> of a conversion whose record gives none. Default <c>online</c>.</summary>
    public string DefaultType { get; init; } = "online";
}
