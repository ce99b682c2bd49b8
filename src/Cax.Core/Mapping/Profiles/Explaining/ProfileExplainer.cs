using Cax.Core.Events;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Explaining;

/// <summary>Maps a message and says where every property came from.</summary>
/// <param name="options">What mapping depends on.</param>
/// <param name="catalog">The profiles.</param>
public sealed class ProfileExplainer(MappingOptions options, ProfileCatalog catalog)
{
    private readonly RecordMapper _mapper = new(options, () => catalog);

    /// <summary>One explanation for each record in the message.</summary>
    /// <param name="utf8">The message, as JSON.</param>
    /// <param name="origin">Where it came from, with the profile that is asked for.</param>
    public IReadOnlyList<RecordExplanation> Explain(ReadOnlyMemory<byte> utf8, RecordOrigin origin)
    {
        var all = new List<RecordExplanation>();
        Explain(utf8, origin, all);
        return all;
    }

    private void Explain(ReadOnlyMemory<byte> utf8, RecordOrigin origin, List<RecordExplanation> all)
    {
        var trace = new ProfileTrace();
        var result = _mapper.Map(utf8, origin, trace);
        foreach (var part in result.Parts)
        {
            Explain(part.Utf8, origin.OfParts(result), all);
        }

        if (result.Parts.Count == 0)
        {
            all.Add(Of(result, trace));
        }
    }

    private RecordExplanation Of(MapResult result, ProfileTrace trace)
    {
        var profile = result.Profile is { } choice ? catalog.Find(choice.Name) : null;
        return new RecordExplanation(
            result,
            profile?.Skips.FirstOrDefault(skip => skip.Name == result.SkippedBy)?.Note,
            Places(trace.Others, found: true),
            [.. trace.Events.Select(Of)],
            [.. result.Findings.Where(finding => finding.Code == ReasonCodes.IncompleteRecord && finding.Severity == Severity.Error)]);
    }

    private static EventExplanation Of(TracedEvent traced) => new(
        traced.Name, traced.Holds, [.. traced.Targets.Select(target => new TargetExplanation(
            target.Name, target.Value, Places(target.Looks, found: true), Places(target.Looks, found: false)))]);

    private static string[] Places(IEnumerable<Look> looks, bool found) => [.. looks.Where(look => look.Found == found).Select(look => look.Place).Distinct()];
}
