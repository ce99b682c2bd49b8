using Cax.Core.Reports;

namespace Cax.Core.DeadLetters;

/// <summary>Gathers the results of replays and writes them beside their letters, many in one go.</summary>
/// <remarks>
/// A process that dies loses the results it had not written. The letters are then replayed once more, under the same event ids. Safe to use from
/// several threads.
/// </remarks>
internal sealed class ReplayResults(IDeadLetterStore store, TimeProvider time) : IDisposable
{
    private const int WrittenAtOnce = 200;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly List<NamedReplayResult> _open = [];
    private int _unwritten;

    public async ValueTask AddAsync(string name, Outcome outcome, CancellationToken cancellation)
    {
        // What was returned came to nothing through no fault of the letter: that is no replay to be counted.
        if (outcome.Kind == OutcomeKind.Returned)
        {
            return;
        }

        await _writing.WaitAsync(cancellation);
        try
        {
            _open.Add(new NamedReplayResult(name, new ReplayResult(time.GetUtcNow(), outcome.Kind, outcome.Reason, outcome.Detail)));
            if (_open.Count >= WrittenAtOnce)
            {
                await WriteAsync(cancellation);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Writes what is left.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await WriteAsync(cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The accounts of the run together with the results that could not be written.</summary>
    public Accounts AddTo(Accounts run) => run with { SettlementFailures = run.SettlementFailures + _unwritten };

    public void Dispose() => _writing.Dispose();

    private async ValueTask WriteAsync(CancellationToken cancellation)
    {
        if (_open.Count == 0)
        {
            return;
        }

        try
        {
            await store.WriteResultsAsync([.. _open], cancellation);
        }
        catch (IOException)
        {
            _unwritten += _open.Count;
        }

        _open.Clear();
    }
}
