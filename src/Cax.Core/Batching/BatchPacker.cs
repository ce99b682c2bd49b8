namespace Cax.Core.Batching;

/// <summary>
/// Packs events greedily in order: a batch is closed only when the next event does not fit. Arithmetic only; it sends nothing and knows no time.
/// </summary>
internal sealed class BatchPacker(BatchLimits limits)
{
    private List<PendingEvent> _events = [];
    private int _bytes;

    /// <summary>Adds an event, and gives back the batch that had to be closed to make room for it.</summary>
    /// <remarks>An event that is too large for any batch never gets here: it was parked before.</remarks>
    public EventBatch? Add(PendingEvent next)
    {
        var full = limits.Fits(_events.Count, _bytes, next.Event.Size) ? null : Close();
        _bytes = limits.BytesWith(_events.Count, _bytes, next.Event.Size);
        _events.Add(next);
        return full;
    }

    /// <summary>Takes an event out of the open batch; false when it is no longer there.</summary>
    public bool Remove(PendingEvent pending)
    {
        if (!_events.Remove(pending))
        {
            return false;
        }

        _bytes = _events.Count == 0 ? 0 : _bytes - pending.Event.Size - BatchLimits.SeparatorBytes;
        return true;
    }

    /// <summary>Closes the open batch; null when it is empty.</summary>
    public EventBatch? Close()
    {
        if (_events.Count == 0)
        {
            return null;
        }

        var batch = new EventBatch(_events, _bytes);
        _events = [];
        _bytes = 0;
        return batch;
    }
}
