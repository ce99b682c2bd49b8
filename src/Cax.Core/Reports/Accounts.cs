using Cax.Core.Mapping;

namespace Cax.Core.Reports;

/// <summary>How many of something were read or mapped, and what became of them.</summary>
/// <param name="Total">Records read, or events mapped.</param>
/// <param name="Sent">Answered 2xx.</param>
/// <param name="DeadLettered">Parked with a reason.</param>
/// <param name="Skipped">Left out by a named rule.</param>
/// <param name="Returned">Left for another try.</param>
public sealed record Tally(long Total, long Sent, long DeadLettered, long Skipped, long Returned)
{
    /// <summary>Those without an outcome; zero once a run has ended.</summary>
    public long Open => Total - Sent - DeadLettered - Skipped - Returned;

    /// <summary>Two counts as one.</summary>
    public Tally Plus(Tally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Tally(Total + other.Total, Sent + other.Sent, DeadLettered + other.DeadLettered, Skipped + other.Skipped, Returned + other.Returned);
    }
}

/// <summary>The accounts of a run, at one moment.</summary>
public sealed record Accounts
{
    /// <summary>Records.</summary>
    public required Tally Records { get; init; }

    /// <summary>Events.</summary>
    public required Tally Events { get; init; }

    /// <summary>All tries, whatever came of them.</summary>
    public required long Requests { get; init; }

    /// <summary>Accepted requests.</summary>
    public required long Batches { get; init; }

    /// <summary>Bytes of accepted request bodies.</summary>
    public required long Bytes { get; init; }

    /// <summary>How full accepted batches were on average, from 0 to 1, by whichever limit was nearer: bytes or events.</summary>
    public required double BatchFill { get; init; }

    /// <summary>Records that were not sent, by reason code. Their sum is <c>deadLettered + skipped + returned</c>.</summary>
    public required IReadOnlyDictionary<string, long> Reasons { get; init; }

    /// <summary>Warnings of events that were mapped, by code.</summary>
    public required IReadOnlyDictionary<string, long> Warnings { get; init; }

    /// <summary>Records that a profile mapped, skipped or parked, by the profile and the rule that chose it. Records that need no profile are not among them.</summary>
    public required IReadOnlyDictionary<ProfileChoice, long> Profiles { get; init; }

    /// <summary>Deliveries whose source could not be told their outcome.</summary>
    public required long SettlementFailures { get; init; }

    /// <summary>The accounts of two runs as one.</summary>
    public Accounts Plus(Accounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new Accounts
        {
            Records = Records.Plus(other.Records),
            Events = Events.Plus(other.Events),
            Requests = Requests + other.Requests,
            Batches = Batches + other.Batches,
            Bytes = Bytes + other.Bytes,
            BatchFill = Batches + other.Batches == 0
                ? 0
                : Math.Round(((BatchFill * Batches) + (other.BatchFill * other.Batches)) / (Batches + other.Batches), 4),
            Reasons = Sum(Reasons, other.Reasons),
            Warnings = Sum(Warnings, other.Warnings),
            Profiles = Sum(Profiles, other.Profiles),
            SettlementFailures = SettlementFailures + other.SettlementFailures,
        };
    }

    private static SortedDictionary<string, long> Sum(IReadOnlyDictionary<string, long> first, IReadOnlyDictionary<string, long> second)
    {
        var sum = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (key, count) in first.Concat(second))
        {
            sum[key] = sum.GetValueOrDefault(key) + count;
        }

        return sum;
    }

    private static Dictionary<ProfileChoice, long> Sum(IReadOnlyDictionary<ProfileChoice, long> first, IReadOnlyDictionary<ProfileChoice, long> second) => first
        .Concat(second)
        .GroupBy(profile => profile.Key, profile => profile.Value)
        .OrderBy(profile => profile.Key.Name, StringComparer.Ordinal).ThenBy(profile => profile.Key.By)
        .ToDictionary(profile => profile.Key, profile => profile.Sum());

    /// <summary>What does not add up; empty when everything does. Anything else is a bug of the connector.</summary>
    public IReadOnlyList<string> Imbalances()
    {
        var found = new List<string>();
        Check("records read", Records);
        Check("events mapped", Events);
        var explained = Reasons.Values.Sum();
        var unsent = Records.DeadLettered + Records.Skipped + Records.Returned;
        if (explained != unsent)
        {
            found.Add(FormattableString.Invariant($"reasons explain {explained} records, but {unsent} were not sent"));
        }

        return found;

        void Check(string what, Tally tally)
        {
            if (tally.Open != 0)
            {
                found.Add(FormattableString.Invariant(
                    $"{what} {tally.Total} = sent {tally.Sent} + dead-lettered {tally.DeadLettered} + skipped {tally.Skipped} + returned {tally.Returned} is off by {tally.Open}"));
            }
        }
    }
}
