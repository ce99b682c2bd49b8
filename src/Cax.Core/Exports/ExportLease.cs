namespace Cax.Core.Exports;

/// <summary>
/// The right to work on a file, for as long as it is renewed. Whoever holds it writes the state of the file; a process that dies holds it for a minute at
/// most.
/// </summary>
internal sealed class ExportLease : IAsyncDisposable
{
    /// <summary>How long a lease lasts that is not renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    private readonly ExportStates _states;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _renewing;
    private string _tag;

    private ExportLease(ExportStates states, ExportState state, string tag, TimeProvider time)
    {
        _states = states;
        _time = time;
        _tag = tag;
        State = state;
        _renewing = RenewAsync();
    }

    /// <summary>The state as it was written last.</summary>
    public ExportState State { get; private set; }

    /// <summary>Cancelled when somebody else has the file now: the state was out of reach for too long.</summary>
    public CancellationToken Lost => _lost.Token;

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
        var taken = state with { Status = ExportStatus.Running, Owner = owner, LeaseUntil = time.GetUtcNow() + Length };
        await states.MarkAsync(taken, cancellation);
        return await states.TryWriteAsync(taken, tag, cancellation) is { } written ? new ExportLease(states, taken, written, time) : null;
    }

    /// <summary>Writes a new state. Once it is no longer <see cref="ExportStatus.Running"/>, the lease is given back.</summary>
    /// <exception cref="IOException">The store cannot be written to, or somebody else has the file now.</exception>
    public async ValueTask WriteAsync(Func<ExportState, ExportState> change, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var next = change(State) with { LeaseUntil = _time.GetUtcNow() + Length };
            if (_lost.IsCancellationRequested || await _states.TryWriteAsync(next, _tag, cancellation) is not { } written)
            {
                await _lost.CancelAsync();
                throw new IOException($"{State.Name}: another process works on this file now");
            }

            (State, _tag) = (next, written);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _renewing;
        _ended.Dispose();
        _lost.Dispose();
        _writing.Dispose();
    }

    private async Task RenewAsync()
    {
        while (!_ended.IsCancellationRequested && !_lost.IsCancellationRequested)
        {
            await Task.Delay(RenewEvery, _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!_ended.IsCancellationRequested && State.Status == ExportStatus.Running)
                {
                    await WriteAsync(state => state, _ended.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The run has ended.
            }
            catch (IOException)
            {
                // The store cannot be reached now: the next time comes before the lease is over. After that it is somebody else's.
                if (_time.GetUtcNow() >= State.LeaseUntil)
                {
                    await _lost.CancelAsync();
                }
            }
        }
    }
}
