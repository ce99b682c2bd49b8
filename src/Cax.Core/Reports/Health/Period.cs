namespace Cax.Core.Reports.Health;

/// <summary>A row of quarter hours.</summary>
/// <param name="From">The begin of the first one.</param>
/// <param name="Until">The end of the last one.</param>
internal readonly record struct Period(DateTimeOffset From, DateTimeOffset Until)
{
    public IEnumerable<DateTimeOffset> Quarters => QuarterHour.Between(From, Until);

    public bool IsEmpty => From >= Until;

    public bool Contains(DateTimeOffset quarter) => quarter >= From && quarter < Until;
}
