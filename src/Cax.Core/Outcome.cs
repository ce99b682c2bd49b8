namespace Cax.Core;

/// <summary>What became of an event, a record or a delivery. The worst of several is the highest.</summary>
public enum OutcomeKind
{
    /// <summary>Left out by a rule that names itself.</summary>
    Skipped,

    /// <summary>Handed over: answered 2xx.</summary>
    Sent,

    /// <summary>Parked in the dead-letter store with a reason.</summary>
    DeadLettered,

    /// <summary>Left in its source for another try.</summary>
    Returned,
}

/// <summary>An outcome with its reason.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Reason">A reason code; null when it was sent.</param>
/// <param name="Detail">The reason in words, without any value of the record.</param>
/// <param name="Status">The HTTP status that decided, if one did.</param>
public sealed record Outcome(OutcomeKind Kind, string? Reason = null, string? Detail = null, int? Status = null)
{
    public static readonly Outcome Sent = new(OutcomeKind.Sent);

    public static Outcome Parked(string reason, string detail, int? status = null) => new(OutcomeKind.DeadLettered, reason, detail, status);

    public static Outcome Skipped(string rule) => new(OutcomeKind.Skipped, rule);

    public static Outcome Returned(string reason, string? detail = null, int? status = null) => new(OutcomeKind.Returned, reason, detail, status);

    /// <summary>The worse of two; the first when they are equally bad.</summary>
    public static Outcome? Worst(Outcome? first, Outcome? second) =>
        first is null || (second is not null && second.Kind > first.Kind) ? second : first;
}
