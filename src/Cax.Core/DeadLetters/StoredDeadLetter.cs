namespace Cax.Core.DeadLetters;

/// <summary>A dead letter in its store.</summary>
/// <param name="Letter">The document; null when it cannot be read.</param>
/// <param name="Name">Its name.</param>
/// <param name="Problem">Why it cannot be read; null when it can.</param>
/// <param name="Replays">What its replays came to, oldest first.</param>
public sealed record StoredDeadLetter(string Name, DeadLetter? Letter, string? Problem, IReadOnlyList<ReplayResult> Replays);
