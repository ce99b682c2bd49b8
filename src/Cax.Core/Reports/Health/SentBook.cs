using Cax.Core.Delivery;

namespace Cax.Core.Reports.Health;

/// <summary>What all processes sent to one source, by quarter hour and event name.</summary>
internal sealed class SentBook
{
    private readonly SortedDictionary<DateTimeOffset, Dictionary<string, SentCount>> _quarters = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private SentBook()
    {
    }

    /// <summary>The names that can be compared.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <summary>What was sent to destinations as they are set now; what went to another site under the same name is another matter.</summary>
    public static SentBook Of(IReadOnlyCollection<Destination> destinations, IEnumerable<SentQuarter> processes)
    {
        var book = new SentBook();
        foreach (var process in processes)
        {
            foreach (var (name, sent) in process.Destinations)
            {
                if (destinations.Any(one => name.Equals(one.Name, StringComparison.OrdinalIgnoreCase) && sent.SiteId == one.SiteId))
                {
                    book.Add(process.Quarter, sent);
                }
            }
        }

        return book;
    }

    /// <summary>The first quarter hour from then on in which anything was sent; null when nothing was.</summary>
    public DateTimeOffset? FirstFrom(DateTimeOffset begin) =>
        _quarters.Keys.Where(quarter => quarter >= begin).Select(quarter => (DateTimeOffset?)quarter).FirstOrDefault();

    public SentCount In(DateTimeOffset quarter, string name) => _quarters.GetValueOrDefault(quarter)?.GetValueOrDefault(name) ?? default;

    public long Total(Period period, string name) => period.Quarters.Sum(quarter => In(quarter, name).Sent);

    private void Add(DateTimeOffset quarter, SentToDestination sent)
    {
        if (!_quarters.TryGetValue(quarter, out var counts))
        {
            _quarters[quarter] = counts = new Dictionary<string, SentCount>(StringComparer.Ordinal);
        }

        foreach (var (name, count) in sent.ByName)
        {
            counts[name] = counts.GetValueOrDefault(name) + count;
            if (name != SentCounts.OtherNames)
            {
                _names.Add(name);
            }
        }
    }
}
