namespace Cax.Core.DeadLetters;

/// <summary>Which dead letters are meant; what is not asked for does not restrict.</summary>
/// <param name="Reasons">Reason codes; any of them.</param>
/// <param name="Since">Parked at this time or later.</param>
/// <param name="Ids">Event ids, or names of documents, whole or their last part; any of them.</param>
public sealed record ReplayFilter(IReadOnlyCollection<string> Reasons, DateTimeOffset? Since, IReadOnlyCollection<string> Ids)
{
    /// <summary>A document that cannot be read is meant as long as nothing was asked that only its content could tell.</summary>
    public bool Matches(StoredDeadLetter stored) => stored.Letter is { } letter
        ? (Reasons.Count == 0 || Reasons.Contains(letter.Reason)) && (Since is null || letter.LastAt >= Since) && MatchesId(stored.Name, letter.EventId)
        : Reasons.Count == 0 && Since is null && MatchesId(stored.Name, null);

    private bool MatchesId(string name, string? eventId) =>
        Ids.Count == 0 || Ids.Any(id => id == eventId || id == name || name.EndsWith("/" + id, StringComparison.Ordinal));
}
