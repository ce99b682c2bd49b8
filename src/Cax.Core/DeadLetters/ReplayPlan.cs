using System.Runtime.CompilerServices;
using Cax.Core.Sources;

namespace Cax.Core.DeadLetters;

/// <summary>
/// Makes deliveries out of the dead letters of a store. What failed for want of an endpoint is sent again as it is, anything else is mapped again
/// from its original; each result is written beside its document. Counts what stays out, and why.
/// </summary>
/// <param name="store">Where the dead letters are.</param>
/// <param name="filter">Which of them are meant.</param>
/// <param name="options">How they are replayed.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Hears of each document that is meant and cannot be replayed, and why.</param>
public sealed class ReplayPlan(IDeadLetterStore store, ReplayFilter filter, ReplayOptions options, TimeProvider time, Action<string> tell) : IDisposable
{
    private readonly Replay _replay = new(store, time, tell);

    /// <summary>The names of the destinations that will be needed.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public async Task<IReadOnlyCollection<string>> DestinationsAsync(CancellationToken cancellation)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var stored in store.ReadAsync(cancellation))
        {
            if (stored.Letter is { } letter && filter.Matches(stored) && LeaveOut(stored) is null)
            {
                names.Add(letter.Destination);
            }
        }

        return names;
    }

    /// <summary>The deliveries; they end early when the store can be read no further, which <see cref="CompleteAsync"/> then says.</summary>
    public IAsyncEnumerable<SourceDelivery> DeliveriesAsync(CancellationToken cancellation) => _replay.GuardAsync(ReadAsync(cancellation), cancellation);

    /// <summary>Writes the results that are still to be written, and completes the result of the run with the documents that stayed out of it.</summary>
    public ValueTask<RunResult> CompleteAsync(RunResult run, CancellationToken cancellation) => _replay.CompleteAsync(run, cancellation);

    public void Dispose() => _replay.Dispose();

    private async IAsyncEnumerable<SourceDelivery> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in store.ReadAsync(cancellation))
        {
            if (!filter.Matches(stored))
            {
                continue;
            }

            if (LeaveOut(stored) is { } outcome)
            {
                _replay.LeaveOut(stored.Name, outcome);
            }
            else
            {
                var letter = stored.Letter!;
                yield return new OneRecordDelivery(
                    stored.Name, letter.Origin.Source, letter.Destination, letter.Origin.ReceivedAt, ReplayRules.RecordOf(letter), (result, token) => WriteAsync(stored.Name, result, token))
                {
                    Hints = options.Hints.Over(letter.Hints),
                };
            }
        }
    }

    private Outcome? LeaveOut(StoredDeadLetter stored) => stored.Letter is { } letter
        ? ReplayRules.LeaveOut(letter, stored.Replays, options.Force, "--force")
        : Outcome.Parked(ReasonCodes.MalformedJson, stored.Problem ?? "cannot be read");

    private ValueTask WriteAsync(string name, Outcome outcome, CancellationToken cancellation) =>
        options.DryRun ? ValueTask.CompletedTask : _replay.AddAsync(name, outcome, cancellation);
}

/// <summary>How dead letters are replayed.</summary>
/// <param name="Force">Also those that were sent already, or replayed three times in vain.</param>
/// <param name="DryRun">Writes no results.</param>
public sealed record ReplayOptions(bool Force, bool DryRun)
{
    /// <summary>What takes the place of the hints that the letters have.</summary>
    public MappingHints Hints { get; init; } = MappingHints.None;
}
