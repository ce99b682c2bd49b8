namespace Cax.Core.Delivery;

/// <summary>
/// How long a destination has been out of reach for a run, and whether the run still waits for it. Stopping wakes everybody who waits.
/// </summary>
/// <param name="giveUpAfter">How long an outage is sat out, unless the run holds on.</param>
/// <param name="holdUntil">Until when a run holds on, whatever the endpoint asks for; null for one that does not.</param>
/// <param name="time">The clock.</param>
internal sealed class Outage(TimeSpan giveUpAfter, DateTimeOffset? holdUntil, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();

    // Never disposed: the alarm may go off while the run ends, and a source without timers of its own holds nothing.
    private readonly CancellationTokenSource _stopped = new();
    private ITimer? _alarm;
    private DateTimeOffset? _since;
    private Answer _last;

    /// <summary>Cancelled once the run has given the destination up.</summary>
    public CancellationToken Stopped => _stopped.Token;

    /// <summary>Whether the run holds on to what the destination does not take, so that even an endpoint that refuses everything is tried again.</summary>
    public bool Holds => holdUntil is not null;

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

    /// <summary>A request brought nothing. A run that does not hold on gives up at once when the destination stays closed for longer than it waits.</summary>
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
                var left = (holdUntil ?? began + giveUpAfter) - time.GetUtcNow();
                _alarm = time.CreateTimer(_ => GiveUp(), null, left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }

            _last = answer.IsOwn ? _last : answer;
            hopeless = !Holds && closedUntil >= _since + giveUpAfter;
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

        Stop(last.Kind switch
        {
            AnswerKind.Misconfigured => Outcome.Returned(
                ReasonCodes.EndpointMisconfigured,
                $"{(last.Status is null ? "" : "the endpoint answered ")}{last.Describe()}: check Cax__Endpoint, Cax__SiteId and Cax__SourceKey",
                last.Status),
            AnswerKind.Refused => Outcome.Returned(
                ReasonCodes.EndpointRefusesAll, "the endpoint refused different events alone and accepted nothing in between: the fault is not in the events", last.Status),
            _ => Outcome.Returned(
                ReasonCodes.EndpointUnavailable,
                $"the endpoint was unavailable ({last.Describe()}) for longer than {(Holds ? "the run holds on" : "Cax__Delivery__GiveUpAfter or asked to wait longer")}",
                last.Status),
        });
    }
}

/// <summary>A destination that takes nothing at the moment.</summary>
/// <param name="Since">When that began.</param>
/// <param name="Why">The last answer, or the lack of one: <c>HTTP 503</c>.</param>
public sealed record Trouble(DateTimeOffset Since, string Why);
