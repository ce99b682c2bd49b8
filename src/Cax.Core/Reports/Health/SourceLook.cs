using Cax.Core.Delivery;

namespace Cax.Core.Reports.Health;

/// <summary>What the Config API said of a source at one moment, and what it had said before and says no more.</summary>
/// <param name="Destination">The name of the destination.</param>
/// <param name="SourceId">The id of its source in CAX.</param>
/// <param name="At">The moment.</param>
/// <param name="Since">From when on the destination has had this source; null when it always had, as far as is known.</param>
/// <param name="Quarters">What was collected, by quarter hour and event name; only names that the connector sent.</param>
public sealed record SourceLook(
    string Destination,
    string SourceId,
    DateTimeOffset At,
    DateTimeOffset? Since,
    IReadOnlyDictionary<DateTimeOffset, IReadOnlyDictionary<string, CollectedCount>> Quarters)
{
    private static readonly Dictionary<string, CollectedCount> Nothing = [];

    internal IReadOnlyDictionary<string, CollectedCount> In(DateTimeOffset quarter) => Quarters.GetValueOrDefault(quarter) ?? Nothing;

    /// <summary>
    /// The next look. How far back the Config API counts is nowhere stated (CAX reference 8.4), so what it said once is kept when it says less.
    /// </summary>
    internal static SourceLook Next(SourceLook? last, string destination, string sourceId, SourceQuality quality, IReadOnlySet<string> names, Period kept, DateTimeOffset now)
    {
        var sameSource = last?.SourceId == sourceId;
        var quarters = new Dictionary<DateTimeOffset, IReadOnlyDictionary<string, CollectedCount>>();
        foreach (var quarter in kept.Quarters)
        {
            var before = sameSource ? last!.In(quarter) : Nothing;
            var counts = new Dictionary<string, CollectedCount>();
            foreach (var name in names)
            {
                var count = CollectedCount.Larger(quality.Of(name, quarter), before.GetValueOrDefault(name));
                if (count != default)
                {
                    counts[name] = count;
                }
            }

            if (counts.Count > 0)
            {
                quarters[quarter] = counts;
            }
        }

        // What was sent before the source changed went to another one.
        var since = last is null || sameSource ? last?.Since : QuarterHour.Of(now) + QuarterHour.Length;
        return new SourceLook(destination, sourceId, now, since, quarters);
    }

    /// <summary>Whether a look that came later found the same of a quarter hour that was already over.</summary>
    internal bool IsConfirmedBy(SourceLook later, DateTimeOffset quarter)
    {
        if (later.SourceId != SourceId || At < quarter + QuarterHour.Length)
        {
            return false;
        }

        var (mine, its) = (In(quarter), later.In(quarter));
        return its.All(count => mine.GetValueOrDefault(count.Key) == count.Value);
    }
}
