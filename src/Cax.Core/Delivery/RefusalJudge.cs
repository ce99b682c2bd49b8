namespace Cax.Core.Delivery;

/// <summary>
/// Decides what events that were refused alone mean: bad events, which are parked once there is a witness, or an endpoint that takes nothing at all.
/// </summary>
/// <remarks>
/// Each is kept back until something is accepted: then it was a bad event, and so were all before it. Eight in a row with nothing accepted in between
/// are the endpoint's fault. A batch of which a part was accepted after its refusal has its own witness, so that a cluster of bad events is
/// parked like any other; there the row may be longer. Policy only: it does no I/O and asks nobody for the time.
/// </remarks>
internal sealed class RefusalJudge
{
    /// <summary>So many different events refused alone, with nothing accepted in between, are not the events' fault.</summary>
    public const int Systemic = 8;

    /// <summary>The same where a part of their own batch was accepted: a tenth of the largest batch.</summary>
    public const int SystemicDespiteWitness = 50;

    /// <summary>So long an accepted request proves that the endpoint takes events at all.</summary>
    public static readonly TimeSpan WitnessLifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly List<Refusal> _keptBack = [];
    private bool _refusesAll;
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

    /// <summary>Whether the endpoint was found to refuse everything, and accepted nothing since.</summary>
    public bool RefusesAll
    {
        get
        {
            lock (_lock)
            {
                return _refusesAll;
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

    /// <summary>A request was accepted: whatever was kept back is bad after all, and is given back to be parked.</summary>
    public IReadOnlyList<Refusal> Accepted(DateTimeOffset now)
    {
        lock (_lock)
        {
            _accepted++;
            _refusesAll = false;
            _lastAccepted = now;
            return Take(_ => true);
        }
    }

    /// <summary>An event was refused alone: it is kept back. False when it is one too many in a row, and the fault is the endpoint's.</summary>
    public bool KeepBack(Refusal refusal)
    {
        lock (_lock)
        {
            _keptBack.Add(refusal);
            return !_refusesAll && _keptBack.Count < (_accepted > refusal.Mark ? SystemicDespiteWitness : Systemic);
        }
    }

    /// <summary>The fault is the endpoint's until it accepts something. Gives back all that are kept back, of whatever run: nothing is known about them.</summary>
    public IReadOnlyList<Refusal> RefuseAll()
    {
        lock (_lock)
        {
            _refusesAll = true;
            return Take(_ => true);
        }
    }

    /// <summary>Those of a batch that are kept back though a part of the batch was accepted since its refusal: they are bad.</summary>
    public IReadOnlyList<Refusal> TakeWitnessed(IOutcomes run, long mark)
    {
        lock (_lock)
        {
            return _accepted > mark ? Take(refusal => refusal.Outcomes == run && refusal.Mark == mark) : [];
        }
    }

    /// <summary>All of a run that are kept back; from now on they are not.</summary>
    public IReadOnlyList<Refusal> TakeAll(IOutcomes run)
    {
        lock (_lock)
        {
            return Take(refusal => refusal.Outcomes == run);
        }
    }

    private List<Refusal> Take(Predicate<Refusal> match)
    {
        var taken = _keptBack.FindAll(match);
        _keptBack.RemoveAll(match);
        return taken;
    }
}
