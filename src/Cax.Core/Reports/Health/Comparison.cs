namespace Cax.Core.Reports.Health;

/// <summary>Compares what was sent with what CAX collected and accepted.</summary>
/// <remarks>
/// <para>
/// Sums over the whole period are compared, not quarters: an event that is answered at 10:14:59 may be collected at 10:15:00. Within the period that
/// evens out. At its two edges it does not, so events that were answered within a minute of an edge are allowed to be counted on its other side.
/// What is called missing is therefore missing for certain, as long as CAX's clock and ours differ by less than that. As the period moves on from
/// check to check, its edges come to lie in quiet minutes too, and nothing stays hidden behind them for long.
/// </para>
/// <para>Both counts of CAX belong to the quarter in which an event was collected, so that no edge lies between them.</para>
/// </remarks>
internal static class Comparison
{
    public static SourceHealthReport Compare(string destination, SentBook sent, SourceLook look, IEnumerable<string> namesAtCax, Period period)
    {
        var events = sent.Names
            .Select(name => CompareName(name, sent, look, period))
            .Where(health => health.Sent > 0)
            .OrderByDescending(health => health.Missing)
            .ThenByDescending(health => health.Rejected)
            .ThenBy(health => health.Name, StringComparer.Ordinal)
            .ToList();
        var notCompared = sent.Total(period, SentCounts.OtherNames);
        return new SourceHealthReport(destination, SourceHealthState.Compared)
        {
            From = period.From,
            Until = period.Until,
            Events = events,

            // What was sent under names that are not told apart explains any surplus.
            IsShared = notCompared == 0 && (events.Any(health => health.Surplus > 0) || namesAtCax.Any(name => !sent.Names.Contains(name))),
            NotCompared = notCompared,
        };
    }

    private static EventHealth CompareName(string name, SentBook sent, SourceLook look, Period period)
    {
        var total = sent.Total(period, name);
        var collected = period.Quarters.Sum(quarter => look.In(quarter).GetValueOrDefault(name).Collected);
        var normalized = period.Quarters.Sum(quarter => look.In(quarter).GetValueOrDefault(name).Normalized);
        var (first, last) = (period.From, period.Until - QuarterHour.Length);
        var mayBeOutside = sent.In(first, name).Early + sent.In(last, name).Late;
        var mayBeInside = sent.In(first - QuarterHour.Length, name).Late + sent.In(period.Until, name).Early;
        return new EventHealth(
            name, total, collected, normalized, Math.Max(0, total - mayBeOutside - collected), Math.Max(0, collected - mayBeInside - total));
    }
}
