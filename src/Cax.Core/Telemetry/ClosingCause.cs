namespace Cax.Core.Telemetry;

/// <summary>Why nothing is posted to a destination for a while.</summary>
public enum ClosingCause
{
    /// <summary>So many requests brought no useful answer that the circuit breaker opened.</summary>
    Breaker,

    /// <summary>The endpoint asked to be left alone: <c>Retry-After</c>.</summary>
    RetryAfter,

    /// <summary>Address or key are wrong, or the key belongs to no active source.</summary>
    Misconfigured,

    /// <summary>Different events were refused alone and nothing was accepted in between.</summary>
    RefusesAll,
}

/// <summary>Knows all causes, and what is the same to a person.</summary>
internal static class ClosingCauses
{
    public static readonly ClosingCause[] All = Enum.GetValues<ClosingCause>();

    /// <summary>Whether both mean an endpoint that is down: an outage is told once, however its answers vary.</summary>
    public static bool IsSameTrouble(ClosingCause first, ClosingCause second) => first == second || (IsOutage(first) && IsOutage(second));

    private static bool IsOutage(ClosingCause cause) => cause is ClosingCause.Breaker or ClosingCause.RetryAfter;
}
