namespace Cax.Core.DeadLetters;

/// <summary>Where dead letters rest. Every store passes the same contract tests.</summary>
public interface IDeadLetterStore
{
    /// <summary>Begins the letters of a run. What an earlier run left under the same names is replaced by what this one writes.</summary>
    IDeadLetterWriter Begin();

    /// <summary>All dead letters, in the order of their names, each with the results of its replays.</summary>
    IAsyncEnumerable<StoredDeadLetter> ReadAsync(CancellationToken cancellation);

    /// <summary>Writes the result of a replay beside the document, never over it or over an earlier result.</summary>
    ValueTask WriteResultAsync(string name, ReplayResult result, CancellationToken cancellation);
}

/// <summary>A dead letter in its store.</summary>
/// <param name="Letter">The document; null when it cannot be read.</param>
/// <param name="Name">Its name.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
/// <param name="Replays">What its replays came to, oldest first.</param>
public sealed record StoredDeadLetter(string Name, DeadLetter? Letter, string? Problem, IReadOnlyList<ReplayResult> Replays);

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
