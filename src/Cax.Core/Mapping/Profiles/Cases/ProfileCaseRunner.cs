namespace Cax.Core.Mapping.Profiles.Cases;

/// <summary>
/// Runs golden cases: with the consent policy <c>omit</c>, the hash key <c>cases</c> and the type <c>online</c>, so that they come out alike everywhere.
/// </summary>
/// <param name="documents">The profiles beside the built-in ones.</param>
public sealed class ProfileCaseRunner(IReadOnlyList<ProfileDocument> documents)
{
    private static readonly MappingOptions Options = new()
    {
        General = new SourceMapping { Consent = new ConsentOptions { Policy = ConsentPolicy.Omit } },
        Identity = new IdentityOptions { HashKey = "cases" },
    };

    private readonly Dictionary<string, RecordMapper> _mappers = new(StringComparer.Ordinal);

    public ProfileCaseResult Run(ProfileCaseFile file, ProfileCase one)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(one);
        var origin = new RecordOrigin(file.Profile, one.Received)
        {
            Profile = new ProfileChoice(file.Profile, ProfileRule.Property),
            Properties = one.Properties,
        };
        var records = new List<MapResult>();
        Map(Mapper(file.Profile, one.Parameters), one.Input, origin, records);
        var outcome = CaseOutcome.ToJson(records);
        return new ProfileCaseResult(
            one, CaseOutcome.ToText(outcome), records,
            one.Expected is { } expected ? CaseDifference.Between(expected, outcome) : [new CaseDifference("$", null, outcome.GetRawText())]);
    }

    private static void Map(RecordMapper mapper, ReadOnlyMemory<byte> message, RecordOrigin origin, List<MapResult> records)
    {
        var result = mapper.Map(message, origin);
        if (result.Parts.Count == 0)
        {
            records.Add(result);
        }

        foreach (var part in result.Parts)
        {
            Map(mapper, part.Utf8, origin.OfParts(result), records);
        }
    }

    /// <summary>Profiles are compiled with their parameters, so cases of the same parameters share them.</summary>
    private RecordMapper Mapper(string profile, IReadOnlyDictionary<string, string> parameters)
    {
        var key = string.Join('\n', parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}").Prepend(profile));
        if (!_mappers.TryGetValue(key, out var mapper))
        {
            var catalog = parameters.Count == 0
                ? ProfileCatalog.Of(documents)
                : new ProfileCatalog(new Dictionary<string, IReadOnlyDictionary<string, string>> { [profile] = parameters }, documents);
            mapper = new RecordMapper(Options, () => catalog);
            _mappers.Add(key, mapper);
        }

        return mapper;
    }
}

/// <summary>What became of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Outcome">What came out, as JSON in the form of <c>expect</c>.</param>
/// <param name="Records">The same, record by record, with what was noticed.</param>
/// <param name="Differences">From what was expected; none when the case passed.</param>
public sealed record ProfileCaseResult(ProfileCase Case, string Outcome, IReadOnlyList<MapResult> Records, IReadOnlyList<CaseDifference> Differences)
{
    public bool Passed => Differences.Count == 0;
}
