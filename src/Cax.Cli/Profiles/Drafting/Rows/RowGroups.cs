namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>Which rows of a sample belong to one order.</summary>
internal sealed class RowGroups
{
    private readonly List<Range> _groups = [];

    private RowGroups(SampleColumn key)
    {
        Key = key;
        var ended = new HashSet<string>(StringComparer.Ordinal);
        var start = 0;
        for (var row = 1; row <= key.Values.Count; row++)
        {
            // A row without a key belongs to the one above it.
            if (row < key.Values.Count && (key.Values[row].Length == 0 || key.Values[row] == key.Values[start]))
            {
                IsRepeated = true;
                continue;
            }

            _groups.Add(start..row);
            ComesBack |= !ended.Add(key.Values[start]);
            start = row;
        }
    }

    public SampleColumn Key { get; }

    /// <summary>Whether there is an order of several rows.</summary>
    public bool IsRepeated { get; private set; }

    /// <summary>Whether a key comes back after rows of others.</summary>
    public bool ComesBack { get; private set; }

    /// <summary>The groups of rows by a key; null for a sample without rows.</summary>
    public static RowGroups? By(SampleColumn key) => key.Values.Count == 0 ? null : new RowGroups(key);

    /// <summary>Whether a column belongs to the order: the rows of one agree in it, or all but one leave it empty.</summary>
    public bool IsOfOrder(SampleColumn column) => _groups.TrueForAll(
        group => column.Values.Take(group).Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).Take(2).Count() < 2);
}
