using Cax.Core.Mapping.Profiles.Operators;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>What all parts of a document share: the mistakes found so far, and the tables and parameters that expressions name.</summary>
internal sealed class ReadingContext
{
    public ReadingContext(ProblemList problems)
    {
        Problems = problems;
        Values = new ValueReader(problems);
    }

    public ProblemList Problems { get; }

    public ValueReader Values { get; }

    /// <summary>By name. A table with a mistake in it is there, so that it is not told as unknown too.</summary>
    public Dictionary<string, NamedTable> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>By name: what the settings say, else the default.</summary>
    public Dictionary<string, string?> Parameters { get; } = new(StringComparer.Ordinal);
}

/// <summary>A table and where it stands.</summary>
internal sealed record NamedTable(LookupTable Table, Spot Place);
