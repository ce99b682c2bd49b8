namespace Cax.Core.Reports.Health;

/// <summary>A row of quarter hours.</summary>
/// <param name="From">The begin of the first one.</param>
/// <param name="Until">The end of the last one.</param>
internal readonly record struct Period(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>The begins of all of them.</summary>
    public IEnumerable<DateTimeOffset> Quarters
    {
        get
        {
            for (var quarter = From; quarter < Until; quarter += QuarterHour.Length)
            {
                yield return quarter;
            }
        }
    }

    public bool IsEmpty => From >= Until;
}
