using System.Text.Json;

namespace Cax.Cli.Profiles.Drafting;

/// <summary>
/// A first draft of a profile, guessed from one sample: members by their names and the form of their values. It holds paths alone, no value of the
/// sample; what it could not find it says.
/// </summary>
internal sealed class ProfileDraft
{
    private const string Lead = "generate_lead";

    private readonly IReadOnlyList<SampleField> _fields;
    private readonly List<string> _notes = [];

    private ProfileDraft(RecordGuess guess)
    {
        Records = guess.Path;
        _fields = SampleField.Of(guess.Record, "$");
        Items = FindItems();
        Event = Items is null && Find(Named("value"), IsAmount, ofPeople: false) is null ? Lead : "purchase";
        Time = FindTime();
        AddRecord();
        AddPerson();
        AddItems();
        NoteChoices();
    }

    public string Records { get; }

    public string Event { get; }

    /// <summary>The path of the time and how it is written; null when none was found.</summary>
    public (string Path, TimeGuess Form)? Time { get; }

    /// <summary>The path of the list of items; null when none was found.</summary>
    public string? Items { get; }

    /// <summary>What the event sets, in the order of the profile.</summary>
    public List<DraftTarget> Targets { get; } = [];

    /// <summary>The same within an item.</summary>
    public List<DraftTarget> ItemTargets { get; } = [];

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Null when the sample holds no object.</summary>
    public static ProfileDraft? Of(JsonElement sample) => RecordGuess.Of(sample) is { } guess ? new ProfileDraft(guess) : null;

    private static string[] Named(string target) => Array.Find(Synonyms.Record, entry => entry.Target == target).Names;

    private SampleField? Find(string[] names, Func<SampleField, bool> fits, bool ofPeople) => Find(_fields, names, fits, ofPeople);

    /// <summary>The likeliest name counts first, then how far out it is.</summary>
    private static SampleField? Find(IReadOnlyList<SampleField> fields, string[] names, Func<SampleField, bool> fits, bool ofPeople) => names
        .SelectMany(name => fields.Where(field => field.IsCalled(name) && fits(field) && (ofPeople || !field.Steps.SkipLast(1).Any(Synonyms.People.Contains))))
        .FirstOrDefault();

    private string? FindItems()
    {
        var lists = _fields.Where(field => field.Value.ValueKind == JsonValueKind.Array && field.Value.GetArrayLength() > 0 && field.Value[0].ValueKind == JsonValueKind.Object).ToList();
        var named = Synonyms.Items.SelectMany(name => lists.Where(field => field.IsCalled(name))).FirstOrDefault();
        return (named ?? lists.Find(LooksLikeItems))?.Path;
    }

    private static bool LooksLikeItems(SampleField list)
    {
        var fields = SampleField.Of(list.Value[0], "@");
        return Find(fields, ItemNames("quantity"), field => field.HasValue, ofPeople: true) is not null
            && Find(fields, ItemNames("product.price"), IsAmount, ofPeople: true) is not null;
    }

    private static string[] ItemNames(string target) => Array.Find(Synonyms.Item, entry => entry.Target == target).Names;

    private (string, TimeGuess)? FindTime()
    {
        foreach (var field in Synonyms.Times.SelectMany(name => _fields.Where(field => field.IsCalled(name))))
        {
            if (TimeGuess.Of(field.Value) is { } form)
            {
                return (field.Path, form);
            }
        }

        _notes.Add("Fill in: time, {\"timestamp\": path, \"format\": ..., \"zone\": ...}: no time was found, or it can be read in two ways.");
        return null;
    }

    private void AddRecord()
    {
        foreach (var (target, names) in Synonyms.Record)
        {
            if (Event == Lead && target is not ("id" or "currency" or "value"))
            {
                continue;
            }

            var isAmount = target is "value" or "revenue" or "tax_amount" or "shipping_amount" or "discount_value";
            var found = Find(names, target == "currency" ? IsCurrency : isAmount ? IsAmount : field => field.HasValue, ofPeople: false);
            Add(Targets, target, found, isAmount);
        }

        // A lead's amount is nothing without a currency, and not needed.
        if (Event == Lead && !Has("currency"))
        {
            Targets.RemoveAll(target => target.Name == "value");
        }
    }

    private void AddPerson()
    {
        foreach (var (target, names) in Synonyms.Person)
        {
            Add(Targets, target, Find(names, target == "user.email" ? IsEmail : field => field.HasValue, ofPeople: true), isAmount: false);
        }
    }

    private void AddItems()
    {
        if (Items is null)
        {
            return;
        }

        var list = _fields.First(field => field.Path == Items).Value;
        var fields = SampleField.Of(list[0], "@");
        foreach (var (target, names) in Synonyms.Item)
        {
            var isNumber = target is "quantity" or "product.price";
            Add(ItemTargets, target, Find(fields, names, isNumber ? IsAmount : field => field.HasValue, ofPeople: true), isNumber);
        }
    }

    private static void Add(List<DraftTarget> targets, string name, SampleField? found, bool isAmount)
    {
        if (found is not null)
        {
            targets.Add(new DraftTarget(name, found.Path, isAmount ? AmountForm.Of(found.Value) : null));
        }
    }

    private bool Has(string target) => Targets.Exists(one => one.Name == target);

    private void NoteChoices()
    {
        string[] needed = Event == Lead ? [] : ["id", "currency", "value", "revenue", "payment_method"];
        foreach (var target in needed.Where(target => !Has(target) && !IsWorkedOut(target)))
        {
            _notes.Add($"Fill in: {target}, which {Event} requires. Nothing in the sample is called like it.");
        }

        if (!Targets.Exists(one => one.Name is "user.id" or "user.email" or "user.phone"))
        {
            _notes.Add("Fill in: user.id, user.email or user.phone, to say who it was.");
        }

        if (Event == Lead)
        {
            return;
        }

        if (Items is null)
        {
            _notes.Add("Fill in: items, {\"each\": list, \"set\": {...}}, which purchase requires. No list of items was found.");
        }

        foreach (var target in Items is null ? [] : ((string[])["id", "quantity", "product.id", "product.name", "product.price"]).Where(target => !ItemTargets.Exists(one => one.Name == target)))
        {
            _notes.Add($"Fill in: {target} of the items. Nothing in them is called like it.");
        }

        _notes.Add("Check: value is with taxes and shipping, revenue without either, both after discount. Amounts in cents take {\"minor\": ...}.");
        _notes.Add("Check: translate payment_method, and status if you have one, by {\"lookup\": path, \"in\": table}; skip what is no sale (unpaid, test).");
    }

    private bool IsWorkedOut(string target) =>
        (target == "value" ? Has("revenue") : target == "revenue" && Has("value")) && Has("tax_amount") && Has("shipping_amount");

    private static bool IsAmount(SampleField field) => AmountForm.Of(field.Value) is not null;

    private static bool IsCurrency(SampleField field) => field.HasText && field.Value.GetString()!.Trim() is { Length: 3 } code && code.All(char.IsAsciiLetter);

    private static bool IsEmail(SampleField field) => field.HasText && field.Value.GetString()!.IndexOf('@', StringComparison.Ordinal) > 0;
}

/// <summary>A property that a draft sets.</summary>
/// <param name="Name">The target.</param>
/// <param name="Path">Where its value is.</param>
/// <param name="Amount">How the sample writes it, when it is an amount.</param>
internal sealed record DraftTarget(string Name, string Path, AmountForm? Amount);
