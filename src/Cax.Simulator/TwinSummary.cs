namespace Cax.Simulator;

/// <summary>What the twin has seen since it started or was last reset.</summary>
public sealed record TwinSummary
{
    /// <summary>Requests to the collect endpoint, whatever their answer.</summary>
    public required int Requests { get; init; }

    /// <summary>Requests of which at least one event was recorded.</summary>
    public required int AcceptedRequests { get; init; }

    /// <summary>The accepted requests that were batches.</summary>
    public required int Batches { get; init; }

    /// <summary>Pixel requests (<c>GET /events</c>), which record nothing.</summary>
    public required int Pixels { get; init; }

    /// <summary>Recorded events, repeated ones counted each time.</summary>
    public required int Events { get; init; }

    /// <summary>Different <c>context.event_id</c> values among the recorded events.</summary>
    public required int DistinctIds { get; init; }

    /// <summary>How many of those ids arrived more than once.</summary>
    public required int RepeatedIds { get; init; }

    /// <summary>Events that were lost behind a 200: wrong key, wrong content type, or over the size limit.</summary>
    public required int Dropped { get; init; }

    /// <summary>Bytes of the largest body, refused ones included.</summary>
    public required long LargestBody { get; init; }

    /// <summary>Bytes of the largest recorded event.</summary>
    public required int LargestEvent { get; init; }

    /// <summary>Recorded events by verdict; every verdict has an entry.</summary>
    public required IReadOnlyDictionary<Verdict, int> Verdicts { get; init; }

    /// <summary>Requests by the status they were answered with; 0 stands for a reset or a sender that hung up.</summary>
    public required IReadOnlyDictionary<int, int> ByStatus { get; init; }

    /// <summary>Recorded events by <c>event_name</c>; <c>(unnamed)</c> stands for events without one.</summary>
    public required IReadOnlyDictionary<string, int> ByEventName { get; init; }
}
