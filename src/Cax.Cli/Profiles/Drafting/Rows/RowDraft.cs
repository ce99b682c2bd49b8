using System.Text.Json.Nodes;

namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>
/// A first draft of a profile for the rows of a file, guessed from its header and first rows. It holds names of columns alone, no value of the file; what
/// it assumed and what it could not find it says.
/// </summary>
internal sealed class RowDraft
{
    private static readonly string[] CalledOff = ["cancelled", "canceled", "voided", "failed", "annulé", "annulée", "storniert", "abgebrochen"];

    private readonly RowMeaning _meaning;
    private readonly DraftPage _page = new();
    private readonly RowValues _values;

    private RowDraft(RowSample sample)
    {
        _meaning = new RowMeaning(sample);
        _values = new RowValues(_meaning, _page);
    }

    /// <summary>The document of the profile, and what it lacks.</summary>
    public static (JsonObject Profile, IReadOnlyList<string> Lacks) Of(RowSample sample, string name)
    {
        var draft = new RowDraft(sample);
        return (draft.Write(name), draft._page.Lacks);
    }

    private JsonObject Write(string name)
    {
        NoteReading();
        var time = _values.Time();
        var set = _meaning.IsOrder ? new RowOrder(_meaning, _values, _page).Set() : Lead();
        AddPerson(set);
        var skip = Skip();
        var events = Events(time, set);

        var profile = new JsonObject { ["profile"] = name, ["version"] = 1, ["title"] = $"{name}: a first draft" };
        if (_page.Notes.Count > 0)
        {
            profile["notes"] = Texts(_page.Notes);
        }

        profile["input"] = new JsonObject { ["format"] = "csv", ["csv"] = Csv() };
        if (_page.Parameters.Count > 0)
        {
            profile["parameters"] = _page.Parameters;
        }

        if (_page.Used.Count > 0)
        {
            profile["recognise"] = Recognise();
        }

        if (skip is not null)
        {
            profile["skip"] = skip;
        }

        profile["events"] = events;
        return profile;
    }

    private void NoteReading()
    {
        if (_meaning.Sample.Encoding is { } encoding)
        {
            _page.Assume($"the encoding is {encoding}, for the bytes are not UTF-8. Look at letters with accents.");
        }

        if (_meaning.Sample.SkipLines is > 0 and var lines)
        {
            _page.Assume(FormattableString.Invariant($"the header comes after {lines} lines of notes."));
        }

        if (_meaning is not { IsGrouped: true, Groups: { } groups })
        {
            return;
        }

        if (groups.ComesBack)
        {
            _page.Check($"rows with the same {groups.Key.Name} are one order, but they do not stand together. Sort the file by that column before you send it.");
        }
        else
        {
            _page.Assume($"adjacent rows with the same {groups.Key.Name} are one order; what belongs to the order stands in its first row.");
        }
    }

    private JsonObject Lead()
    {
        var set = new JsonObject();
        Copy(set, "id", _meaning.Id);
        return set;
    }

    private void AddPerson(JsonObject set)
    {
        foreach (var (target, names) in Synonyms.Person)
        {
            Copy(set, target, _meaning.Named(names).FirstOrDefault(column => column.Given.All(value => MayBe(target, value))));
        }

        if (!set.ContainsKey("user.id") && !set.ContainsKey("user.email") && !set.ContainsKey("user.phone"))
        {
            _page.FillIn("user.id, user.email or user.phone, to say who it was.");
        }
    }

    private static bool MayBe(string target, string value) => target switch
    {
        "user.email" => value.Contains('@', StringComparison.Ordinal),
        "user.country" => !value.Any(char.IsAsciiDigit),
        _ => true,
    };

    private void Copy(JsonObject set, string target, SampleColumn? column)
    {
        if (column is not null)
        {
            _page.Used.Add(column);
            set[target] = _meaning.Path(column);
        }
    }

    private JsonArray? Skip()
    {
        if (!_meaning.IsOrder || _meaning.State is not { } state)
        {
            return null;
        }

        _page.Used.Add(state);
        _page.Check($"which words of {state.Name} are no sale (skip), and which are a refund? Translate the others into status, if you like.");
        var words = CalledOff.Where(word => state.Given.Any(value => value.Equals(word, StringComparison.OrdinalIgnoreCase))).ToList();
        return words.Count == 0 ? null
            : [new JsonObject { ["rule"] = "cancelled", ["when"] = new JsonObject { ["value"] = _meaning.Path(state), ["in"] = Texts(words) } }];
    }

    private JsonArray Events(JsonObject? time, JsonObject set)
    {
        if (!_meaning.HasReturns)
        {
            return [Event(_meaning.IsOrder ? "purchase" : "generate_lead", null, time, set)];
        }

        _page.Assume("an order whose quantities add up to less than nothing is a refund under its own number.");
        return [Event("purchase", "greater", time, set), Event("refund", "less", time, RowOrder.TakenBack(set))];
    }

    /// <param name="name">Of the event.</param>
    /// <param name="sign">How the pieces of its order compare with zero; null when that does not matter.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="set">What it sets.</param>
    private JsonObject Event(string name, string? sign, JsonObject? time, JsonObject set)
    {
        var one = new JsonObject { ["event"] = name };
        if (sign is not null)
        {
            var quantity = _meaning.Quantity!;
            one["when"] = new JsonObject { ["value"] = _values.OverRows(path => _values.Number(quantity, path(quantity))), [sign] = 0 };
        }

        if (time is not null)
        {
            one["time"] = time.DeepClone();
        }

        one["set"] = set;
        return one;
    }

    private JsonObject Csv()
    {
        var csv = new JsonObject { ["delimiter"] = _meaning.Sample.Layout.Separator.ToString() };
        if (_meaning.Sample.Encoding is { } encoding)
        {
            csv["encoding"] = encoding;
        }

        if (_meaning.Sample.SkipLines is > 0 and var lines)
        {
            csv["skipLines"] = lines;
        }

        if (_meaning is { IsGrouped: true, Groups: { } groups })
        {
            csv["groupBy"] = new JsonArray(groups.Key.Name);
        }

        return csv;
    }

    /// <summary>The columns that the draft needs.</summary>
    private JsonObject Recognise() => new()
    {
        ["all"] = new JsonArray([.. _meaning.Sample.Columns.Where(_page.Used.Contains).Select(column => new JsonObject { ["present"] = _meaning.Path(column) })]),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
