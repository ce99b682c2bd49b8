using Cax.Core;
using Cax.Simulator;

namespace Cax.Cli.Demo;

/// <summary>Compares what the connector says it did with what the twin says it got. The two share no code.</summary>
internal sealed class DemoCheck
{
    private readonly List<Comparison> _comparisons = [];

    public DemoCheck(RunResult run, DemoWitness witness, CaxTwin twin)
    {
        Twin = twin.Summary();
        var requests = twin.Requests();
        var received = twin.Events();
        var expected = witness.Expected;
        var ids = received.Select(@event => @event.Id ?? "").ToHashSet(StringComparer.Ordinal);
        Compare("events sent / received", run.Accounts.Events.Sent, Twin.Events);
        Compare("ids sent / received", expected.Count, Twin.DistinctIds);
        Compare("ids sent / received more than once", 0, Twin.RepeatedIds);
        Compare("ids sent that are missing", 0, expected.Keys.Count(id => !ids.Contains(id)));
        Compare("ids received that were not sent", 0, ids.Count(id => !expected.ContainsKey(id)));
        Compare("events whose bytes changed on the way", 0, received.Count(@event =>
            expected.TryGetValue(@event.Id ?? "", out var hash) && hash != DemoWitness.Hash(@event.Json)));
        Compare("events the twin finds fault with", 0, received.Count(@event => @event.Verdict != Verdict.Valid));
        Compare("requests made / received", run.Accounts.Requests, Twin.Requests);
        Compare("requests accepted / answered 200", run.Accounts.Batches, Twin.ByStatus.GetValueOrDefault(200));
        Compare("bytes accepted / received with a 200", run.Accounts.Bytes, requests.Where(request => request.Status == 200).Sum(request => request.Bytes));
        Compare("records left over", 0, run.Accounts.Records.Returned);
        Faults = [.. requests.Where(request => request.Reason == "fault").Select(request => request.Status)];
        Refusals = requests.Count(request => request.Status == 400);
    }

    /// <summary>The twin's own counts.</summary>
    public TwinSummary Twin { get; }

    /// <summary>The statuses of injected faults, in the order in which they hit.</summary>
    public IReadOnlyList<int> Faults { get; }

    /// <summary>How many requests the twin refused because of what was in them.</summary>
    public int Refusals { get; }

    public IReadOnlyList<Comparison> Comparisons => _comparisons;

    public bool Agrees => _comparisons.TrueForAll(comparison => comparison.Agrees);

    private void Compare(string what, long connector, long twin) => _comparisons.Add(new Comparison(what, connector, twin));
}

/// <summary>One number on both sides.</summary>
internal sealed record Comparison(string What, long Connector, long Twin)
{
    public bool Agrees => Connector == Twin;
}
