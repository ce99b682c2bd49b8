namespace Cax.Core.Exports;

/// <summary>
/// The right to work on a file, for as long as it is renewed. Whoever holds it writes the state of the file, and everything else about it; a process that
/// dies holds it for a minute at most.
/// </summary>
internal sealed class ExportLease : IAsyncDisposable
{
    /// <summary>How long a lease lasts that is not renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    /// <summary>So long before its end the holder takes it for lost: clocks differ, and what was posted last has to arrive before somebody else begins.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);

    private readonly ExportStates _states;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost;
    private readonly Task _renewing;
    private string _tag;

    private ExportLease(ExportStates states, ExportState state, string tag, TimeProvider time)
    {
        _states = states;
        _time = time;
        _tag = tag;
        _lost = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        State = state;
        Watch();
        _renewing = RenewAsync();
    }

    /// <summary>The state as it was written last.</summary>
    public ExportState State { get; private set; }

    /// <summary>
    /// Cancelled when somebody else may have the file now: another version of the state is there, or it could not be renewed in time, even if a write still
    /// waits for its answer.
    /// </summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Why a run that lost its lease wrote nothing more.</summary>
    public string WhyLost => $"{State.Name}: another process works on this file now, or the store of reports could not be written to for too long";

    /// <summary>Takes the lease; null when somebody else was faster.</summary>
    /// <param name="states">The states.</param>
    /// <param name="state">The state to begin with.</param>
    /// <param name="tag">The tag of the version that was looked at; null when there was none.</param>
    /// <param name="owner">Who takes it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="IOException">The store cannot be written to.</exception>
    public static async ValueTask<ExportLease?> TakeAsync(
        ExportStates states, ExportState state, string? tag, string owner, TimeProvider time, CancellationToken cancellation)
    {
        var taken = state with { Status = ExportStatus.Running, Owner = owner, Taking = Guid.NewGuid(), LeaseUntil = time.GetUtcNow() + Length };
        await states.MarkAsync(taken, cancellation);
        if (await states.TryWriteAsync(taken, tag, cancellation) is not { } written)
        {
            return null;
        }

        if (taken.IsAgain)
        {
            // Whoever closed it before may have taken our mark for its own.
            await states.MarkAsync(taken, cancellation);
        }

        return new ExportLease(states, taken, written, time);
    }

    /// <summary>Writes a new state. Once it is no longer <see cref="ExportStatus.Running"/>, the lease is given back.</summary>
    /// <exception cref="IOException">The store cannot be written to, or somebody else may have the file now.</exception>
    public ValueTask WriteAsync(Func<ExportState, ExportState> change, CancellationToken cancellation) =>
        WriteAsync(change, static _ => true, cancellation);

    /// <summary>Asks for another minute: for whoever is about to write something that nobody else may have written since.</summary>
    /// <exception cref="IOException">The store cannot be written to, or somebody else may have the file now.</exception>
    public ValueTask RenewAsync(CancellationToken cancellation) => WriteAsync(static state => state, cancellation);

    /// <summary>Does something that only the holder may do: it ends when the lease is lost.</summary>
    /// <exception cref="IOException">What <paramref name="work"/> throws, or somebody else may have the file now.</exception>
    public async ValueTask<T> WhileHeldAsync<T>(Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellation)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Lost);
        try
        {
            held.Token.ThrowIfCancellationRequested();
            return await work(held.Token);
        }
        catch (OperationCanceledException) when (Lost.IsCancellationRequested)
        {
            throw new IOException(WhyLost);
        }
    }

    /// <summary>The same for what gives nothing back.</summary>
    public async ValueTask WhileHeldAsync(Func<CancellationToken, ValueTask> work, CancellationToken cancellation) => await WhileHeldAsync(
        async held =>
        {
            await work(held);
            return true;
        },
        cancellation);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        _ended.Dispose();
        _lost.Dispose();
        _writing.Dispose();
    }

    private ValueTask WriteAsync(Func<ExportState, ExportState> change, Predicate<ExportState> isMeant, CancellationToken cancellation) => WhileHeldAsync(
        async held =>
        {
            await _writing.WaitAsync(held);
            try
            {
                if (!isMeant(State))
                {
                    return;
                }

                var next = change(State) with { LeaseUntil = _time.GetUtcNow() + Length };
                if (await _states.TryWriteAsync(next, _tag, held) is not { } written)
                {
                    await _lost.CancelAsync();
                    throw new IOException(WhyLost);
                }

                (State, _tag) = (next, written);
                Watch();
            }
            finally
            {
                _writing.Release();
            }
        },
        cancellation);

    /// <summary>The lease is lost by the clock alone, whatever the store says or does not say.</summary>
    private void Watch()
    {
        var left = State.LeaseUntil - Margin - _time.GetUtcNow();
        _lost.CancelAfter(State.Status != ExportStatus.Running ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private async Task RenewAsync()
    {
        var wait = RenewEvery;
        while (!_ended.IsCancellationRequested && !_lost.IsCancellationRequested)
        {
            await Task.Delay(wait, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await WriteAsync(static state => state, static state => state.Status == ExportStatus.Running, _ended.Token);
                wait = RenewEvery;
            }
            catch (OperationCanceledException)
            {
                // The run has ended.
            }
            catch (IOException)
            {
                // The store cannot be reached now: the next tries come before the lease is over.
                wait = RetryEvery;
            }
        }
    }
}
