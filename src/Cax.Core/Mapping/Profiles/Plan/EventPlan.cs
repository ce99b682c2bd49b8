using System.Text;
using Cax.Core.Events;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Profiles.Conditions;
using Cax.Core.Mapping.Profiles.Operators;

namespace Cax.Core.Mapping.Profiles.Plan;

/// <summary>Makes one event out of a record.</summary>
internal sealed class EventPlan
{
    private static readonly byte[] EventName = "event_name"u8.ToArray();
    private static readonly byte[] ItemsName = "items"u8.ToArray();

    private readonly TargetValue? _currency;
    private readonly TargetValue[] _event;
    private readonly (string Name, byte[] Utf8)[] _required;

    /// <param name="name">The <c>event_name</c>.</param>
    /// <param name="set">The properties that CAX knows.</param>
    /// <param name="custom">Further properties of the event.</param>
    public EventPlan(string name, TargetSet set, IEnumerable<TargetValue> custom)
    {
        Name = name;
        Set = set;
        Custom = [.. custom];
        NameJson = Encoding.UTF8.GetBytes($"\"{name}\"");
        _currency = set.Find("currency");
        _event = [.. set.Event.Where(value => value != _currency), .. Custom];
        _required = [.. (StandardEvents.Find(name)?.Required ?? [])
            .Where(required => !Conversions.Adds(name, required.Name.Text))
            .Select(required => (required.Name.Text, required.Name.Utf8.ToArray()))];
    }

    public string Name { get; }

    public TargetSet Set { get; }

    public IReadOnlyList<TargetValue> Custom { get; }

    /// <summary>Whether a record gives this event; always, when there is no condition.</summary>
    public Condition? When { get; init; }

    /// <summary>The business id of the event id; the event's own <c>id</c> when it is not given.</summary>
    public Operator? Key { get; init; }

    /// <summary>Tells several events of one business id apart.</summary>
    public Operator? Discriminator { get; init; }

    public required Operator Time { get; init; }

    public ItemsPlan? Items { get; init; }

    private ReadOnlyMemory<byte> NameJson { get; }

    /// <summary>Fills a draft. What is missing is noted in it as errors.</summary>
    public void Fill(Evaluation at, Draft draft)
    {
        var root = draft.Root;
        root.Set(EventName, NameJson, isCompact: true);
        WriteCurrency(at, root);
        Write(at, root, _event);
        if (Items is not null && Items.TryJson(at, out var items))
        {
            root.Set(ItemsName, items, isCompact: true);
        }

        Write(at, root.OpenOrAdd("user"u8)!, Set.User);
        WriteContext(at, draft, root.OpenOrAdd("context"u8)!);
        if (Key is not null && Key.TryGet(at, out var key) && at.TryText(key, out var id))
        {
            draft.BusinessId = id;
            if (!IdText.Is(at, key))
            {
                draft.Error(
                    ReasonCodes.IncompleteRecord, "$.context.event_id", $"The key is neither a text nor a whole number. The profile looked at {Evaluation.Looked(Key.Places)}.");
            }
        }

        if (Discriminator is not null && Discriminator.TryText(at, out var discriminator))
        {
            draft.Discriminator = discriminator;
        }

        Amounts.Complete(root);
        NoteMissing(at, root);
    }

    private void WriteCurrency(Evaluation at, Members root)
    {
        at.CurrencyDigits = -1;
        if (_currency is not null && _currency.TryJson(at, out var currency))
        {
            root.Set(_currency.Target.Member, currency, isCompact: true);
            at.CurrencyDigits = CurrencyDigits.TryGet(currency.Span[1..^1], out var digits) ? digits : -1;
        }
    }

    private void WriteContext(Evaluation at, Draft draft, Members context)
    {
        if (Time.TryGet(at, out var time) && time.Form == ValueForm.Time)
        {
            context.SetNumber("event_timestamp"u8, (long)time.Number);
        }
        else
        {
            draft.Error(
                ReasonCodes.IncompleteRecord, "$.context.event_timestamp",
                $"Nothing says when it happened. The profile looked at {Evaluation.Looked(Time.Places)}.");
        }

        at.Trace?.Worked("time", time.Form == ValueForm.Time ? Encoding.UTF8.GetString(at.Digits(time.Number).Span) : null);
        Write(at, context, Set.Context);

        // Both are written even when nothing is known (CAX reference 12.23).
        Write(at, context.OpenOrAdd("page"u8)!, Set.Page);
        Write(at, context.OpenOrAdd("device"u8)!, Set.Device);
    }

    private static void Write(Evaluation at, Members members, TargetValue[] values)
    {
        foreach (var value in values)
        {
            if (value.TryJson(at, out var json))
            {
                members.Set(value.Target.Member, json, isCompact: true);
            }
        }
    }

    private void NoteMissing(Evaluation at, Members root)
    {
        foreach (var (name, utf8) in _required)
        {
            if (!root.Lacks(utf8))
            {
                continue;
            }

            var places = name == "items" ? Items?.List.Places : Set.Find(name)?.Source.Places;
            var where = places is null ? "The profile sets it nowhere." : $"The profile looked at {Evaluation.Looked(places)}.";
            at.Draft!.Error(ReasonCodes.IncompleteRecord, "$." + name, $"Nothing was found for {name}, which {Name} requires. {where}");
        }
    }
}
