using System.Text.Json.Nodes;

namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>
/// A first draft of a profile for the rows of a file, guessed from its header and first rows: columns by their names and by the form of all of their
/// values. It holds names of columns alone, no value of the file; what it assumed and what it could not find it says.
/// </summary>
internal sealed class RowDraft
{
    private const string Lead = "generate_lead";
    private const string Currency = "currency";
    private const string Zone = "timeZone";
    private const string Mark = "decimalMark";

    /// <summary>No format, so that nobody overlooks it.</summary>
    private const string Open = "?";

    private static readonly string[] Amounts = ["value", "revenue", "tax_amount", "shipping_amount", "discount_value"];

    private static readonly string[] CalledOff = ["cancelled", "canceled", "voided", "failed", "annulé", "annulée", "storniert", "abgebrochen"];
    private static readonly string[] States = ["status", "orderstatus", "state", "statut", "etat", "bestellstatus", "auftragsstatus"];

    private readonly RowSample _sample;
    private readonly Dictionary<SampleColumn, ColumnNumbers> _numbers = [];
    private readonly SampleColumn? _id;
    private readonly RowGroups? _groups;
    private readonly HashSet<SampleColumn> _used = [];
    private readonly JsonArray _notes = [];
    private readonly JsonObject _parameters = [];
    private readonly JsonObject _set = [];
    private readonly char? _mark;

    private RowDraft(RowSample sample)
    {
        _sample = sample;
        foreach (var column in sample.Columns)
        {
            if (ColumnNumbers.Of(column) is { } numbers)
            {
                _numbers[column] = numbers;
            }
        }

        // One mark serves a whole file: columns that show it decide for those that can be read in two ways.
        var marks = _numbers.Values.Where(numbers => numbers.HasDecimals).Select(numbers => numbers.Mark).OfType<char>().Distinct().ToList();
        _mark = marks.Count == 1 ? marks[0] : null;
        // In a message "name" may be that of the order; over a column it is a person's or a product's.
        _id = Named([.. Names(Synonyms.Record, "id").Where(name => name != "name")]).FirstOrDefault();
        _groups = _id is null ? null : RowGroups.By(_id);
    }

    private SampleColumn? Quantity => Item("quantity", IsNumber);

    private SampleColumn? Price => Item("product.price", IsNumber);

    /// <summary>Rows without the price of something are orders by themselves, even if two have the same number.</summary>
    private bool IsGrouped => Price is not null && _groups is { } groups && (groups.IsRepeated || groups.ComesBack);

    private bool IsOrder => Price is not null || OrderAmount("value") is not null || OrderAmount("revenue") is not null;

    /// <summary>What the draft lacks.</summary>
    private IEnumerable<string> Lacks => _notes.Select(note => note!.GetValue<string>()).Where(note => note.StartsWith("Fill in:", StringComparison.Ordinal));

    /// <summary>The document of the profile, and what it lacks.</summary>
    public static (JsonObject Profile, IReadOnlyList<string> Lacks) Of(RowSample sample, string name)
    {
        var draft = new RowDraft(sample);
        return (draft.Write(name), [.. draft.Lacks]);
    }

    private JsonObject Write(string name)
    {
        NoteReading();
        var time = Time();
        if (IsOrder)
        {
            SetOrder();
        }
        else
        {
            Set("id", _id);
        }

        foreach (var (target, names) in Synonyms.Person)
        {
            Set(target, Named(names).FirstOrDefault(column => column.Given.All(value => MayBe(target, value))));
        }

        if (!_set.ContainsKey("user.id") && !_set.ContainsKey("user.email") && !_set.ContainsKey("user.phone"))
        {
            _notes.Add("Fill in: user.id, user.email or user.phone, to say who it was.");
        }

        var skip = Skip();
        return Document(name, time, skip);
    }

    private static bool MayBe(string target, string value) => target switch
    {
        "user.email" => value.Contains('@', StringComparison.Ordinal),
        "user.country" => !value.Any(char.IsAsciiDigit),
        _ => true,
    };

    private JsonObject Document(string name, JsonNode? time, JsonArray? skip)
    {
        var profile = new JsonObject { ["profile"] = name, ["version"] = 1, ["title"] = $"{name}: a first draft" };
        if (_notes.Count > 0)
        {
            profile["notes"] = _notes;
        }

        profile["input"] = new JsonObject { ["format"] = "csv", ["csv"] = Csv() };
        if (_parameters.Count > 0)
        {
            profile["parameters"] = _parameters;
        }

        profile["recognise"] = new JsonObject
        {
            ["all"] = new JsonArray([.. _sample.Columns.Where(_used.Contains).Select(column => new JsonObject { ["present"] = Path(column) })]),
        };
        if (skip is not null)
        {
            profile["skip"] = skip;
        }

        profile["events"] = Events(time);
        return profile;
    }

    private JsonObject Csv()
    {
        var csv = new JsonObject { ["delimiter"] = _sample.Layout.Separator.ToString() };
        if (_sample.Encoding is { } encoding)
        {
            csv["encoding"] = encoding;
        }

        if (_sample.SkipLines > 0)
        {
            csv["skipLines"] = _sample.SkipLines;
        }

        if (IsGrouped)
        {
            csv["groupBy"] = new JsonArray(_groups!.Key.Name);
        }

        return csv;
    }

    private JsonArray Events(JsonNode? time)
    {
        var sold = new JsonObject { ["event"] = IsOrder ? "purchase" : Lead };
        if (!HasReturns)
        {
            if (time is not null)
            {
                sold["time"] = time;
            }

            sold["set"] = _set;
            return [sold];
        }

        // Rows with negative quantities: an order whose quantities add up to less than nothing takes something back.
        var taken = new JsonObject { ["event"] = "refund" };
        foreach (var (one, sign) in ((JsonObject, string)[])[(sold, "greater"), (taken, "less")])
        {
            one["when"] = new JsonObject { ["value"] = OverRows(path => Number(Quantity!, path(Quantity!))), [sign] = 0 };
            if (time is not null)
            {
                one["time"] = time.DeepClone();
            }
        }

        sold["set"] = _set;
        taken["set"] = Taken();
        _notes.Add("Assumed: an order whose quantities add up to less than nothing is a refund under its own number.");
        return [sold, taken];
    }

    private bool HasReturns => IsOrder && Quantity is { } quantity && _numbers[quantity].HasNegative;

    private JsonObject Taken()
    {
        var set = (JsonObject)_set.DeepClone();
        set.Remove("payment_method");
        foreach (var amount in Amounts.Where(set.ContainsKey))
        {
            var value = set[amount]!.DeepClone();
            set[amount] = new JsonObject { ["absolute"] = value };
        }

        if (set["items"]?["set"] is JsonObject item)
        {
            var quantity = item["quantity"]!.DeepClone();
            item["quantity"] = new JsonObject { ["absolute"] = quantity };
        }

        return set;
    }

    private void NoteReading()
    {
        if (_sample.Encoding is { } encoding)
        {
            _notes.Add($"Assumed: the encoding is {encoding}, for the bytes are not UTF-8. Look at letters with accents.");
        }

        if (_sample.SkipLines > 0)
        {
            _notes.Add(FormattableString.Invariant($"Assumed: the header comes after {_sample.SkipLines} lines of notes."));
        }

        if (IsGrouped)
        {
            _notes.Add(_groups!.ComesBack
                ? $"Check: rows with the same {_groups.Key.Name} are one order, but they do not stand together. Sort the file by that column before you send it."
                : $"Assumed: adjacent rows with the same {_groups.Key.Name} are one order; what belongs to the order stands in its first row.");
        }
    }

    private void SetOrder()
    {
        Set("id", _id);
        SetCurrency();
        foreach (var amount in Amounts)
        {
            if (OrderAmount(amount) is { } column)
            {
                SetNode(amount, column, Number(column, Path(column)));
            }
        }

        WorkOutTotals();
        if (Named(Names(Synonyms.Record, "payment_method")).FirstOrDefault() is { } payment)
        {
            Set("payment_method", payment);
            _notes.Add("Check: translate payment_method by {\"lookup\": path, \"in\": table} into the words of CAX.");
        }
        else
        {
            _set["payment_method"] = new JsonObject { ["constant"] = "other" };
            _notes.Add("Assumed: payment_method is other, for no column tells it.");
        }

        Set("coupon", Named(Names(Synonyms.Record, "coupon")).FirstOrDefault());
        SetItems();
    }

    private void SetCurrency()
    {
        var column = Named(Names(Synonyms.Record, Currency)).FirstOrDefault(one => one.Given.All(value => value.Length == 3 && value.All(char.IsAsciiLetter)));
        if (column is not null)
        {
            Set(Currency, column);
            return;
        }

        _set[Currency] = new JsonObject { ["parameter"] = Currency };
        _parameters[Currency] = new JsonObject { ["description"] = "Fill in a default such as \"EUR\": no column names the currency" };
        _notes.Add("Fill in: the default of the parameter currency, for no column names it.");
    }

    private void WorkOutTotals()
    {
        var (hasValue, hasRevenue) = (_set.ContainsKey("value"), _set.ContainsKey("revenue"));
        if (!hasValue && !hasRevenue)
        {
            // Both are there: without them this would be no order.
            _set["revenue"] = OverRows(LineTotal);
            hasRevenue = true;
            _notes.Add(Quantity is { } quantity
                ? $"Assumed: revenue is the sum of {quantity.Name} x {Price!.Name}, so prices are without tax and after discount."
                : $"Assumed: each row is one piece, and revenue is the sum of {Price!.Name}, so prices are without tax and after discount.");
        }

        if (hasValue && hasRevenue)
        {
            _notes.Add("Check: value is with taxes and shipping, revenue without either, both after discount.");
            return;
        }

        var (known, missing) = hasValue ? ("value", "revenue") : ("revenue", "value");
        var parts = ((string[])["shipping_amount", "tax_amount"]).Where(_set.ContainsKey).ToList();
        if (parts.Count == 0)
        {
            _set[missing] = _set[known]!.DeepClone();
            _notes.Add($"Assumed: {missing} is the same as {known}, for no column tells shipping or tax.");
        }
        else
        {
            var whole = new JsonArray([_set[known]!.DeepClone(), .. parts.Select(part => _set[part]!.DeepClone())]);
            _set[missing] = new JsonObject { [hasValue ? "difference" : "sum"] = whole };
            _notes.Add($"Assumed: {missing} is {known} {(hasValue ? "without" : "with")} {string.Join(" and ", parts)}.");
        }
    }

    private void SetItems()
    {
        var item = new JsonObject();
        if (Price is { } price)
        {
            _used.UnionWith(Quantity is { } counted ? [counted, price] : [price]);
            var id = Item("id", _ => true);
            var name = Item("product.name", column => column != id);
            if (id is null || name is null)
            {
                _notes.Add(id is null && name is null ? "Fill in: id, product.id and product.name of the items. No column is called like them."
                    : id is null ? "Assumed: items have no number; their name stands for it."
                    : "Assumed: items have no name; their number stands for it.");
            }

            SetItem(item, "id", id ?? name);
            item["quantity"] = Quantity is { } quantity ? Number(quantity, Element(quantity)) : 1;
            SetItem(item, "product.id", id ?? name);
            SetItem(item, "product.name", name ?? id);
            item["product.price"] = Number(price, Element(price));
            foreach (var more in (string[])["variant", "product.brand", "product.category_1"])
            {
                SetItem(item, more, Item(more, column => column != id && column != name));
            }
        }
        else
        {
            var order = new JsonObject { ["constant"] = "order" };
            item["id"] = order;
            item["quantity"] = 1;
            item["product.id"] = order.DeepClone();
            item["product.name"] = order.DeepClone();
            item["product.price"] = _set["revenue"]!.DeepClone();
            SetItem(item, "product.category_1", Item("product.category_1", _ => true));
            _notes.Add("Assumed: one item stands for the whole order, for no columns name articles with quantity and price.");
        }

        _set["items"] = new JsonObject { ["each"] = List, ["set"] = item };
    }

    private void SetItem(JsonObject item, string target, SampleColumn? column)
    {
        if (column is not null)
        {
            _used.Add(column);
            item[target] = Element(column);
        }
    }

    private JsonObject? Time()
    {
        var columns = Synonyms.Times.SelectMany(name => Named([name])).ToList();
        foreach (var column in columns)
        {
            if (ColumnTimes.Of(column) is not { } times)
            {
                continue;
            }

            _used.Add(column);
            var time = new JsonObject { ["timestamp"] = Path(column) };
            if (!times.IsSure)
            {
                _notes.Add($"Fill in: the format of {column.Name}: {string.Join(" or ", times.Formats)}. All rows can be read in both ways.");
                time["format"] = Open;
            }
            else if (times.Formats[0] != "iso")
            {
                time["format"] = times.Formats[0];
            }

            if (times.NeedsZone)
            {
                time["zone"] = new JsonObject { ["parameter"] = Zone };
                _parameters[Zone] = new JsonObject { ["description"] = "Fill in a default such as \"Europe/Paris\": the times say nothing about their zone" };
                _notes.Add($"Fill in: the default of the parameter timeZone: the zone of {column.Name}.{(times.HasHour ? "" : " It says no hour: noon is assumed.")}");
            }

            return time;
        }

        _notes.Add("Fill in: time, {\"timestamp\": path, \"format\": ..., \"zone\": ...}: no column of that name holds times.");
        return null;
    }

    private JsonArray? Skip()
    {
        if (!IsOrder || Named(States).FirstOrDefault() is not { } state)
        {
            return null;
        }

        _used.Add(state);
        var words = CalledOff.Where(word => state.Given.Any(value => value.Equals(word, StringComparison.OrdinalIgnoreCase))).ToList();
        _notes.Add($"Check: which words of {state.Name} are no sale (skip), and which are a refund? Translate the others into status, if you like.");
        return words.Count == 0 ? null
            : [new JsonObject { ["rule"] = "cancelled", ["when"] = new JsonObject { ["value"] = Path(state), ["in"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]) } }];
    }

    private JsonNode LineTotal(Func<SampleColumn, string> path) => Quantity is { } quantity
        ? new JsonObject { ["product"] = new JsonArray(Number(quantity, path(quantity)), Number(Price!, path(Price!))) }
        : Number(Price!, path(Price!));

    /// <summary>The sum over the rows of an order, or of the only one.</summary>
    private JsonNode OverRows(Func<Func<SampleColumn, string>, JsonNode> value) => IsGrouped
        ? new JsonObject { ["sum"] = new JsonObject { ["each"] = List, ["value"] = value(Element) } }
        : value(Path);

    private JsonNode Number(SampleColumn column, string path)
    {
        var numbers = _numbers[column];
        if (numbers.IsPlain)
        {
            return path;
        }

        var written = new JsonObject { ["decimal"] = path };
        var group = numbers.Group;
        if ((numbers.Mark ?? _mark) is { } mark)
        {
            written["mark"] = mark.ToString();
            group = numbers.Mark is null && mark == '.' ? "," + group : group;
            Note($"Assumed: {column.Name} has a decimal {(mark == ',' ? "comma" : "point")}.");
        }
        else
        {
            written["mark"] = new JsonObject { ["parameter"] = Mark };
            _parameters[Mark] ??= new JsonObject { ["description"] = "Fill in the default \",\" if 1,234 is a little more than one; with \".\" it needs the group \",\" too" };
            Note($"Fill in: the default of the parameter decimalMark: all values of {column.Name} can be read in two ways, such as 1,234.");
        }

        if (group.Length > 0)
        {
            written["group"] = group;
        }

        if (numbers.Strip.Length > 0)
        {
            written["strip"] = numbers.Strip;
        }

        return written;
    }

    private void Note(string text)
    {
        if (!_notes.Any(note => note!.GetValue<string>() == text))
        {
            _notes.Add(text);
        }
    }

    private void Set(string target, SampleColumn? column)
    {
        if (column is not null)
        {
            SetNode(target, column, Path(column));
        }
    }

    private void SetNode(string target, SampleColumn column, JsonNode value)
    {
        _used.Add(column);
        _set[target] = value;
    }

    private SampleColumn? OrderAmount(string target) => Named(Names(Synonyms.Record, target)).FirstOrDefault(column => IsNumber(column) && _groups?.IsOfOrder(column) != false);

    private SampleColumn? Item(string target, Func<SampleColumn, bool> fits) =>
        Named(Names(Synonyms.Item, target)).FirstOrDefault(column => column != _id && fits(column));

    private bool IsNumber(SampleColumn column) => _numbers.ContainsKey(column);

    private string List => IsGrouped ? "$.rows[]" : "$";

    private string Path(SampleColumn column) => (IsGrouped ? "$.rows[0]" : "$") + SampleField.Step(column.Name);

    private static string Element(SampleColumn column) => "@" + SampleField.Step(column.Name);

    private static string[] Names((string Target, string[] Names)[] table, string target) => Array.Find(table, entry => entry.Target == target).Names;

    /// <summary>The likeliest name counts first.</summary>
    private IEnumerable<SampleColumn> Named(string[] names) => names.SelectMany(name => _sample.Columns.Where(column => column.Plain == name && column.HasValues));
}
