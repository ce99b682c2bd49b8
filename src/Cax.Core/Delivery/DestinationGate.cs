namespace Cax.Core.Delivery;

/// <summary>
/// Keeps requests back while a destination is closed. When the time has come it lets one request through as a probe, and the others once that one is answered.
/// </summary>
internal sealed class DestinationGate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = NewSignal();
    private DateTimeOffset? _closedUntil;
    private bool _probing;

    /// <summary>Waits until a request may be made.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task changed;
            TimeSpan? wait = null;
            lock (_lock)
            {
                if (_closedUntil is not { } until)
                {
                    return;
                }

                var now = time.GetUtcNow();
                if (now >= until && !_probing)
                {
                    _probing = true;
                    return;
                }

                changed = _changed.Task;
                if (now < until)
                {
                    wait = until - now;
                }
            }

            await WaitAsync(changed, wait, cancellation);
        }
    }

    /// <summary>Closes the destination; a time that was told before is never undercut.</summary>
    public void CloseUntil(DateTimeOffset until)
    {
        lock (_lock)
        {
            _closedUntil = _closedUntil > until ? _closedUntil : until;
            Change();
        }
    }

    /// <summary>A request was answered by the endpoint's own voice: the destination is open, unless it was closed until later.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            if (_closedUntil is { } until && time.GetUtcNow() >= until)
            {
                _closedUntil = null;
            }

            Change();
        }
    }

    /// <summary>A request brought no answer; if it was the probe, the next one is let through.</summary>
    public void Unanswered()
    {
        lock (_lock)
        {
            Change();
        }
    }

    private void Change()
    {
        if (_closedUntil is null && !_probing)
        {
            return;
        }

        _probing = false;
        var signal = _changed;
        _changed = NewSignal();
        signal.SetResult();
    }

    private async Task WaitAsync(Task changed, TimeSpan? wait, CancellationToken cancellation)
    {
        if (wait is not { } span)
        {
            await changed.WaitAsync(cancellation);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(changed, Task.Delay(span, time, ended.Token));
        await ended.CancelAsync();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
