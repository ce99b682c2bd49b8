namespace Cax.Core.Reports.Health;

/// <summary>Whether what was sent to one destination arrives.</summary>
/// <param name="Destination">The name of the destination.</param>
/// <param name="State">What could be found out.</param>
/// <param name="Detail">Why no more could be found out; empty when everything could. Holds neither key nor token.</param>
public sealed record SourceHealthReport(string Destination, SourceHealthState State, string Detail = "")
{
    /// <summary>From when on is compared; null when nothing is.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when is compared; null when nothing is.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>By event name; what is missing most comes first.</summary>
    public IReadOnlyList<EventHealth> Events { get; init; } = [];

    /// <summary>
    /// Whether more was collected than sent. Then the events of others may stand in for ours, and <see cref="Missing"/> is a lower bound.
    /// </summary>
    public bool IsShared { get; init; }

    /// <summary>Sent events whose names are not told apart, and which are therefore not compared.</summary>
    public long NotCompared { get; init; }

    /// <summary>Stored counts that could not be read; what they held is not among the sent.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    public long Sent => Events.Sum(health => health.Sent);

    public long Collected => Events.Sum(health => health.Collected);

    public long Normalized => Events.Sum(health => health.Normalized);

    /// <summary>Events that were answered 2xx and never collected; at least so many.</summary>
    public long Missing => Events.Sum(health => health.Missing);

    /// <summary>Events that were collected and not accepted.</summary>
    public long Rejected => Events.Sum(health => health.Rejected);
}

/// <summary>What a health check could find out.</summary>
public enum SourceHealthState
{
    /// <summary>There is no token to ask with.</summary>
    NotChecked,

    /// <summary>The key belongs to no active source: what is sent is lost.</summary>
    KeyLosesEvents,

    /// <summary>The Config API or the storage gave no usable answer.</summary>
    Unanswered,

    /// <summary>The key is right. Nothing was sent yet whose counts are final on both sides.</summary>
    NothingFinal,

    /// <summary>The key is right, and final counts were compared.</summary>
    Compared,
}
