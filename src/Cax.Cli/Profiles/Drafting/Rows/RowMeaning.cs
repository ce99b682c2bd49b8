namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>What the columns of a sample seem to be: by their names, and by what all of their values look like.</summary>
internal sealed class RowMeaning
{
    private static readonly string[] States = ["status", "orderstatus", "state", "statut", "etat", "bestellstatus", "auftragsstatus"];

    private readonly Dictionary<SampleColumn, ColumnNumbers> _numbers = [];

    public RowMeaning(RowSample sample)
    {
        Sample = sample;
        foreach (var column in sample.Columns)
        {
            if (ColumnNumbers.Of(column) is { } numbers)
            {
                _numbers[column] = numbers;
            }
        }

        // In a message "name" may be that of the order; over a column it is a person's or a product's.
        Id = Named([.. NamesOf(Synonyms.Record, "id").Where(name => name != "name")]).FirstOrDefault();
        Groups = Id is null ? null : RowGroups.By(Id);
        Quantity = OfItem("quantity", _numbers.ContainsKey);
        Price = OfItem("product.price", _numbers.ContainsKey);
    }

    public RowSample Sample { get; }

    /// <summary>The number of the order or lead.</summary>
    public SampleColumn? Id { get; }

    /// <summary>The rows by <see cref="Id"/>.</summary>
    public RowGroups? Groups { get; }

    public SampleColumn? Quantity { get; }

    /// <summary>The price of one piece.</summary>
    public SampleColumn? Price { get; }

    /// <summary>A word for what became of the order.</summary>
    public SampleColumn? State => Named(States).FirstOrDefault();

    public bool IsOrder => Price is not null || OfOrder("value") is not null || OfOrder("revenue") is not null;

    /// <summary>Whether several rows are one order. Rows without the price of something are orders by themselves, even if two have the same number.</summary>
    public bool IsGrouped => Price is not null && Groups is { } groups && (groups.IsRepeated || groups.ComesBack);

    /// <summary>Whether rows take something back.</summary>
    public bool HasReturns => IsOrder && Quantity is { } quantity && _numbers[quantity].HasNegative;

    /// <summary>One mark serves a whole file: columns that show it decide for those that can be read in two ways. Null when none shows it, or they disagree.</summary>
    public char? Mark =>
        _numbers.Values.Where(numbers => numbers.HasDecimals).Select(numbers => numbers.Mark).OfType<char>().Distinct().ToList() is [var mark] ? mark : null;

    /// <summary>The list of the rows of an order, as a path.</summary>
    public string List => IsGrouped ? "$.rows[]" : "$";

    /// <summary>What belongs to the order stands in its first row.</summary>
    public string Path(SampleColumn column) => (IsGrouped ? "$.rows[0]" : "$") + SampleField.Step(column.Name);

    /// <summary>A column within the list of rows.</summary>
    public static string Element(SampleColumn column) => "@" + SampleField.Step(column.Name);

    /// <summary>How a column writes numbers.</summary>
    public ColumnNumbers Numbers(SampleColumn column) => _numbers[column];

    /// <summary>The columns of a property of the order or lead, the likeliest name first.</summary>
    public IEnumerable<SampleColumn> Of(string target) => Named(NamesOf(Synonyms.Record, target));

    /// <summary>The amount of a whole order.</summary>
    public SampleColumn? OfOrder(string target) => Of(target).FirstOrDefault(column => _numbers.ContainsKey(column) && Groups?.IsOfOrder(column) != false);

    /// <summary>The column of a property of the items.</summary>
    public SampleColumn? OfItem(string target, Func<SampleColumn, bool> fits) => Named(NamesOf(Synonyms.Item, target)).FirstOrDefault(column => column != Id && fits(column));

    /// <summary>The columns of these names; one that no row fills is there for nothing.</summary>
    public IEnumerable<SampleColumn> Named(string[] names) => names.SelectMany(name => Sample.Columns.Where(column => column.Plain == name && column.HasValues));

    private static string[] NamesOf((string Target, string[] Names)[] table, string target) => Array.Find(table, entry => entry.Target == target).Names;
}
