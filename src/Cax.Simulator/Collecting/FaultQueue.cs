namespace Cax.Simulator.Collecting;

/// <summary>Faults in the order in which they were added; each request takes one turn.</summary>
internal sealed class FaultQueue
{
    private readonly Lock _lock = new();
    private readonly Queue<TwinFault> _waiting = [];
    private int _turnsLeft;

    /// <summary>How many requests will still be hit.</summary>
    public int Pending
    {
        get
        {
            lock (_lock)
            {
                return _turnsLeft + _waiting.Skip(1).Sum(fault => fault.Count);
            }
        }
    }

    public void Add(TwinFault fault)
    {
        lock (_lock)
        {
            _waiting.Enqueue(fault);
            if (_waiting.Count == 1) _turnsLeft = fault.Count;
        }
    }

    public TwinFault? Take()
    {
        lock (_lock)
        {
            if (!_waiting.TryPeek(out var fault)) return null;
            if (--_turnsLeft == 0)
            {
                _waiting.Dequeue();
                if (_waiting.TryPeek(out var next)) _turnsLeft = next.Count;
            }

            return fault;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _waiting.Clear();
            _turnsLeft = 0;
        }
    }
}
