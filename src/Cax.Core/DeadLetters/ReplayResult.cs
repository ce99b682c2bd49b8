namespace Cax.Core.DeadLetters;

/// <summary>What a replay came to.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">The outcome.</param>
/// <param name="Reason">The reason code, unless it was sent.</param>
/// <param name="Detail">The reason in words.</param>
public sealed record ReplayResult(DateTimeOffset At, OutcomeKind Kind, string? Reason, string? Detail)
{
    /// <summary>Whether nothing is left to do for the document.</summary>
    public bool IsFinal => Kind is OutcomeKind.Sent or OutcomeKind.Skipped;
}

/// <summary>What the replay of the letter of this name came to.</summary>
public sealed record NamedReplayResult(string Name, ReplayResult Result);
