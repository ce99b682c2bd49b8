using Cax.Core.Sources;

namespace Cax.Core.DeadLetters;

/// <summary>
/// What every replay keeps while its run goes on, wherever its letters come from: which letters stayed out of it, what became of the others, and whether
/// they could be read to the end.
/// </summary>
/// <param name="store">Where the results go.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Hears of each letter that is meant and cannot be replayed, and why.</param>
internal sealed class Replay(IDeadLetterStore store, TimeProvider time, Action<string> tell) : IDisposable
{
    private readonly LeftOut _leftOut = new(tell);
    private readonly ReplayResults _results = new(store, time);
    private readonly BrokenOff _reading = new();

    /// <summary>The deliveries up to where they can be read no further.</summary>
    public IAsyncEnumerable<SourceDelivery> GuardAsync(IAsyncEnumerable<SourceDelivery> deliveries, CancellationToken cancellation) =>
        _reading.GuardAsync(deliveries, cancellation);

    /// <summary>A letter stays out of the run.</summary>
    public void LeaveOut(string name, Outcome outcome) => _leftOut.Add(name, outcome);

    /// <summary>What the replay of a letter came to.</summary>
    public ValueTask AddAsync(string name, Outcome outcome, CancellationToken cancellation) => _results.AddAsync(name, outcome, cancellation);

    /// <summary>Writes the results that are still to be written, and completes the result of the run with all that the run does not know.</summary>
    public async ValueTask<RunResult> CompleteAsync(RunResult run, CancellationToken cancellation)
    {
        await _results.FlushAsync(cancellation);
        return _reading.AddTo(run with { Accounts = _results.AddTo(_leftOut.AddTo(run.Accounts)) });
    }

    public void Dispose() => _results.Dispose();
}
