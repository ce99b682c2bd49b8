namespace Cax.Core.Batching;

/// <summary>The events of one request, in order.</summary>
/// <param name="Events">At least one.</param>
/// <param name="Bytes">The exact size of the request's body.</param>
internal sealed record EventBatch(IReadOnlyList<PendingEvent> Events, int Bytes)
{
    /// <summary>How often it was posted.</summary>
    public int Posts { get; set; }

    /// <summary>Whether the sources leave all events to us until then.</summary>
    public bool IsHeldUntil(DateTimeOffset until)
    {
        foreach (var pending in Events)
        {
            if (!pending.IsHeldUntil(until))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Both halves, by count; the first is the larger one when the count is odd.</summary>
    public (EventBatch First, EventBatch Second) Halves(BatchLimits limits)
    {
        var middle = (Events.Count + 1) / 2;
        return (Part(0, middle), Part(middle, Events.Count));

        EventBatch Part(int from, int to)
        {
            var events = new PendingEvent[to - from];
            for (var i = from; i < to; i++)
            {
                events[i - from] = Events[i];
            }

            return Of(events, limits);
        }
    }

    /// <summary>A batch of these events, which were in one batch before: so they fit.</summary>
    public static EventBatch Of(IReadOnlyList<PendingEvent> events, BatchLimits limits)
    {
        var bytes = 0;
        for (var i = 0; i < events.Count; i++)
        {
            bytes = limits.BytesWith(i, bytes, events[i].Event.Size);
        }

        return new EventBatch(events, bytes);
    }
}
