namespace Cax.Core.Reports.Files;

/// <summary>The parts of a file put together. It holds as much for a file of any size as for a middling one.</summary>
internal sealed class ReportTotals
{
    private readonly Dictionary<KindKey, ErrorKind> _kinds = [];
    private readonly Dictionary<KindList, int> _listed = [];
    private readonly SortedDictionary<MoneyKey, MoneyRow> _money = [];

    public OutcomeCounts Records { get; } = new();

    public OutcomeCounts Events { get; } = new();

    public SortedDictionary<string, long> Rejected { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, long> Skipped { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, long> Returned { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, long> Profiles { get; } = new(StringComparer.Ordinal);

    public OutcomeCounts WithoutAmount { get; } = new();

    public long NotInRepair { get; private set; }

    /// <summary>In the order of their keys.</summary>
    public IReadOnlyCollection<MoneyRow> Money => _money.Values;

    /// <summary>The kinds of a list: those that many records have first, and of these those that come first in the file.</summary>
    public IReadOnlyList<ErrorKind> Kinds(KindList list) =>
    [
        .. _kinds.Values.Where(kind => kind.Key.List == list)
            .OrderBy(kind => kind.Key == KindKey.Rest(list)).ThenByDescending(kind => kind.Count).ThenBy(kind => kind.First).ThenBy(kind => kind.Key),
    ];

    /// <summary>Takes in the part that follows in the file.</summary>
    public void Add(ReportPart part)
    {
        Records.Add(part.Records);
        Events.Add(part.Events);
        WithoutAmount.Add(part.WithoutAmount);
        NotInRepair += part.NotInRepair;
        Add(Rejected, part.Rejected);
        Add(Skipped, part.Skipped);
        Add(Returned, part.Returned);
        Add(Profiles, part.Profiles);
        foreach (var row in part.Money)
        {
            if (!_money.TryAdd(row.Key, row))
            {
                _money[row.Key].Add(row);
            }
        }

        foreach (var kind in part.Kinds)
        {
            Add(kind);
        }
    }

    private static void Add(SortedDictionary<string, long> counts, SortedDictionary<string, long> more)
    {
        foreach (var (name, count) in more)
        {
            counts[name] = counts.GetValueOrDefault(name) + count;
        }
    }

    private void Add(ErrorKind kind)
    {
        if (!_kinds.ContainsKey(kind.Key) && _listed.GetValueOrDefault(kind.Key.List) == ErrorKind.MostKinds)
        {
            kind = kind.AsRest();
        }
        else if (!_kinds.ContainsKey(kind.Key))
        {
            _listed[kind.Key.List] = _listed.GetValueOrDefault(kind.Key.List) + 1;
        }

        if (!_kinds.TryGetValue(kind.Key, out var known))
        {
            _kinds.Add(kind.Key, known = kind.AsNone());
        }

        known.Add(kind);
    }
}
