namespace Cax.Core;

/// <summary>How a run ended.</summary>
/// <param name="Accounts">What was read and what became of it; it balances.</param>
/// <param name="Complete">Whether every input was read to its end.</param>
/// <param name="Interrupted">Whether the run was cancelled.</param>
/// <param name="Stopped">The destinations that were given up, by name, and why.</param>
public sealed record RunResult(Reports.Accounts Accounts, bool Complete, bool Interrupted, IReadOnlyDictionary<string, Outcome> Stopped)
{
    /// <summary>The deliveries that broke off while they were read, each with the reason.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>Two runs, one after the other, as one.</summary>
    public RunResult Plus(RunResult other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new RunResult(
            Accounts.Plus(other.Accounts),
            Complete && other.Complete,
            Interrupted || other.Interrupted,
            Stopped.Concat(other.Stopped).DistinctBy(stop => stop.Key).ToDictionary())
        {
            Unreadable = [.. Unreadable, .. other.Unreadable],
        };
    }

    /// <summary>Whether nothing is left to do: everything was read, and every record was sent, parked or skipped.</summary>
    public bool IsDone => this is { Complete: true, Interrupted: false, Accounts.Records: { Returned: 0, Open: 0 } };
}
