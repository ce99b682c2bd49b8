using Cax.Core.Reports;

namespace Cax.Core.DeadLetters;

/// <summary>Counts the letters that a replay does not take, and tells those that somebody should look at.</summary>
internal sealed class LeftOut(Action<string> tell)
{
    private readonly List<Outcome> _outcomes = [];

    public void Add(string name, Outcome outcome)
    {
        _outcomes.Add(outcome);
        if (outcome.Detail is { } detail)
        {
            tell($"{name}: {detail}");
        }
    }

    /// <summary>The accounts of the run together with the letters that stayed out of it.</summary>
    public Accounts AddTo(Accounts run)
    {
        var reasons = new SortedDictionary<string, long>(run.Reasons.ToDictionary(), StringComparer.Ordinal);
        foreach (var outcome in _outcomes)
        {
            reasons[outcome.Reason!] = reasons.GetValueOrDefault(outcome.Reason!) + 1;
        }

        var skipped = _outcomes.Count(outcome => outcome.Kind == OutcomeKind.Skipped);
        return run with
        {
            Records = run.Records with
            {
                Total = run.Records.Total + _outcomes.Count,
                Skipped = run.Records.Skipped + skipped,
                DeadLettered = run.Records.DeadLettered + _outcomes.Count - skipped,
            },
            Reasons = reasons,
        };
    }
}
