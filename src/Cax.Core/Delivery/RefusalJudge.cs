namespace Cax.Core.Delivery;

/// <summary>
/// Decides what an event that was refused alone means: a bad event, which is parked once there is a witness, or an endpoint that takes nothing at all.
/// </summary>
/// <remarks>Policy only: it does no I/O and asks nobody for the time.</remarks>
/// <typeparam name="T">What is kept back.</typeparam>
internal sealed class RefusalJudge<T>
{
    /// <summary>So many different events refused alone, with nothing accepted in between, are not the events' fault.</summary>
    public const int Systemic = 8;

    /// <summary>So long an accepted request proves that the endpoint takes events at all.</summary>
    public static readonly TimeSpan WitnessLifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly List<T> _keptBack = [];
    private DateTimeOffset? _lastAccepted;
    private long _accepted;

    /// <summary>How many requests were accepted so far: the mark that a refusal is measured against.</summary>
    public long AcceptedSoFar
    {
        get
        {
            lock (_lock)
            {
                return _accepted;
            }
        }
    }

    public bool HasWitness(DateTimeOffset now)
    {
        lock (_lock)
        {
            return now - _lastAccepted <= WitnessLifetime;
        }
    }

    /// <summary>A request was accepted: whatever was kept back is a bad event after all, and is given back to be parked.</summary>
    public IReadOnlyList<T> Accepted(DateTimeOffset now)
    {
        lock (_lock)
        {
            _accepted++;
            _lastAccepted = now;
            return Take(_ => true);
        }
    }

    /// <summary>
    /// An event was refused alone. With a request accepted since its batch was first refused, it is a bad event.
    /// Otherwise it is kept back, and with the eighth in a row the fault is the endpoint's.
    /// </summary>
    /// <param name="item">The event.</param>
    /// <param name="mark"><see cref="AcceptedSoFar"/> when its batch was first refused.</param>
    public Judgement RefusedAlone(T item, long mark)
    {
        lock (_lock)
        {
            if (_accepted > mark)
            {
                return Judgement.BadEvent;
            }

            _keptBack.Add(item);
            return _keptBack.Count < Systemic ? Judgement.KeptBack : Judgement.Systemic;
        }
    }

    /// <summary>Those kept back that match; from now on they are not.</summary>
    public IReadOnlyList<T> TakeKeptBack(Predicate<T> match)
    {
        lock (_lock)
        {
            return Take(match);
        }
    }

    private List<T> Take(Predicate<T> match)
    {
        var taken = _keptBack.FindAll(match);
        _keptBack.RemoveAll(match);
        return taken;
    }
}

/// <summary>What an event that was refused alone is taken for.</summary>
internal enum Judgement
{
    BadEvent,
    KeptBack,
    Systemic,
}
