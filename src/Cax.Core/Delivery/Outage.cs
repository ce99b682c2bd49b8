namespace Cax.Core.Delivery;

/// <summary>
/// How long a destination has been out of reach for a run, and whether the run still waits for it. Stopping wakes everybody who waits.
/// </summary>
internal sealed class Outage(TimeSpan giveUpAfter, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();

    // Never disposed: the alarm may go off while the run ends, and a source without timers of its own holds nothing.
    private readonly CancellationTokenSource _stopped = new();
    private ITimer? _alarm;
    private DateTimeOffset? _since;
    private Answer _last;

    /// <summary>Cancelled once the run has given the destination up.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>Why it was given up; null while it is not.</summary>
    public Outcome? Verdict { get; private set; }

    /// <summary>Since when, and why, nothing gets through; null while something does.</summary>
    public Trouble? Trouble
    {
        get
        {
            lock (_lock)
            {
                return _since is { } since ? new Trouble(since, _last.Describe()) : null;
            }
        }
    }

    /// <summary>The endpoint took or refused something: it is there.</summary>
    public void Over()
    {
        lock (_lock)
        {
            _since = null;
            _alarm?.Dispose();
            _alarm = null;
        }
    }

    /// <summary>The run found the destination closed by what happened before it.</summary>
    public void FoundClosed(DateTimeOffset until)
    {
        lock (_lock)
        {
            if (_since is not null)
            {
                return;
            }
        }

        Suffered(new Answer(AnswerKind.Unavailable, Fault: "closed by an earlier answer"), time.GetUtcNow(), until);
    }

    /// <summary>A request brought nothing. Gives up at once when the destination stays closed for longer than the run waits.</summary>
    /// <param name="answer">What came of it.</param>
    /// <param name="began">When the request was made: the outage is as old as the first request that suffered from it.</param>
    /// <param name="closedUntil">Until when the endpoint wants to be left alone.</param>
    public void Suffered(Answer answer, DateTimeOffset began, DateTimeOffset? closedUntil)
    {
        bool hopeless;
        lock (_lock)
        {
            if (_since is null)
            {
                _since = began;
                var left = began + giveUpAfter - time.GetUtcNow();
                _alarm = time.CreateTimer(_ => GiveUp(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }

            _last = answer.IsOwn ? _last : answer;
            hopeless = closedUntil >= _since + giveUpAfter;
        }

        if (hopeless)
        {
            GiveUp();
        }
    }

    /// <summary>Stops the destination for this run.</summary>
    public void Stop(Outcome verdict)
    {
        lock (_lock)
        {
            Verdict ??= verdict;
        }

        _stopped.Cancel();
    }

    public void Dispose() => Over();

    private void GiveUp()
    {
        Answer last;
        lock (_lock)
        {
            if (_since is null)
            {
                return;
            }

            last = _last;
        }

        Stop(last.Kind == AnswerKind.Misconfigured
            ? Outcome.Returned(
                ReasonCodes.EndpointMisconfigured,
                $"the endpoint answered {last.Describe()}: check Cax__Endpoint, Cax__SiteId and Cax__SourceKey",
                last.Status)
            : Outcome.Returned(
                ReasonCodes.EndpointUnavailable,
                $"the endpoint was unavailable ({last.Describe()}) for longer than Cax__Delivery__GiveUpAfter or asked to wait longer",
                last.Status));
    }
}

/// <summary>A destination that takes nothing at the moment.</summary>
/// <param name="Since">When that began.</param>
/// <param name="Why">The last answer, or the lack of one: <c>HTTP 503</c>.</param>
public sealed record Trouble(DateTimeOffset Since, string Why);
