using Cax.Core.Telemetry;

namespace Cax.Core.Delivery;

/// <summary>
/// Keeps requests back while a destination is closed. When the time has come it lets one request through as a probe, and the others once that one is answered.
/// </summary>
internal sealed class DestinationGate(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Signal _changed = new();
    private DateTimeOffset? _closedUntil;
    private DateTimeOffset _closedAt;
    private ClosingCause _cause;
    private bool _probing;

    /// <summary>Until when nothing may be posted; null when it is open.</summary>
    public DateTimeOffset? ClosedUntil
    {
        get
        {
            lock (_lock)
            {
                return _closedUntil;
            }
        }
    }

    /// <summary>Why it is closed; null when it is open.</summary>
    public ClosingCause? Cause
    {
        get
        {
            lock (_lock)
            {
                return _closedUntil is null ? null : _cause;
            }
        }
    }

    /// <summary>Waits until a request may be made. True when it is the probe; its outcome must be told, whatever it is.</summary>
    public async ValueTask<bool> EnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var changed = _changed.Next;
            TimeSpan? wait = null;
            lock (_lock)
            {
                if (_closedUntil is not { } until)
                {
                    return false;
                }

                var now = time.GetUtcNow();
                if (now >= until && !_probing)
                {
                    _probing = true;
                    return true;
                }

                wait = now < until ? until - now : null;
            }

            await WaitAsync(changed, wait, cancellation);
        }
    }

    /// <summary>Whether a request that was let in may still be made.</summary>
    public bool IsOpenTo(bool probe)
    {
        lock (_lock)
        {
            return _closedUntil is not { } until || (probe && time.GetUtcNow() >= until);
        }
    }

    /// <summary>
    /// Closes the destination; a time that was told before is never undercut. True when it was open before, or closed for another kind of trouble.
    /// </summary>
    public bool CloseUntil(DateTimeOffset until, bool probe, ClosingCause cause)
    {
        bool isNews;
        lock (_lock)
        {
            isNews = _closedUntil is null || !ClosingCauses.IsSameTrouble(_cause, cause);
            _closedAt = _closedUntil is null ? time.GetUtcNow() : _closedAt;
            _closedUntil = _closedUntil > until ? _closedUntil : until;
            _cause = cause;
            _probing &= !probe;
        }

        _changed.Raise();
        return isNews;
    }

    /// <summary>The endpoint took or refused something. If that was the probe, the destination is open again.</summary>
    /// <returns>For how long it was closed, if this opened it.</returns>
    public TimeSpan? Answered(bool probe)
    {
        if (!probe)
        {
            return null;
        }

        TimeSpan? closedFor = null;
        lock (_lock)
        {
            _probing = false;
            if (_closedUntil <= time.GetUtcNow())
            {
                _closedUntil = null;
                closedFor = time.GetUtcNow() - _closedAt;
            }
        }

        _changed.Raise();
        return closedFor;
    }

    /// <summary>A request brought nothing. If it was the probe, the next one is let through.</summary>
    public void Unanswered(bool probe)
    {
        if (!probe)
        {
            return;
        }

        lock (_lock)
        {
            _probing = false;
        }

        _changed.Raise();
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
}
