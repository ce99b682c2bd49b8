using Cax.Core.Events;
using Cax.Core.Mapping.Messages;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Mapping.Profiles.Targets;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads what an event or an item sets: targets and the expressions that give them.</summary>
internal sealed class TargetReader(ReadingContext context, ExpressionReader expressions)
{
    private const string Items = "items";

    /// <summary>The targets of an event. <c>items</c> is read as well and given back on its own.</summary>
    public (TargetSet Set, ItemsPlan? Items)? OfEvent(Spot spot, string? eventName)
    {
        if (Members(spot) is not { } members)
        {
            return null;
        }

        var set = Read(members, Targets.Targets.OfEvent, Targets.Targets.EventNames, "an event", default, eventName);
        var items = members.TryGet(Items, out var each) ? OfItems(each) : null;
        return set is null || (members.Has(Items) && items is null) ? null : (set, items);
    }

    /// <summary>Root members beside those that CAX knows.</summary>
    public TargetValue[]? Custom(Spot spot)
    {
        if (Members(spot) is not { } members)
        {
            return null;
        }

        var isSound = true;
        var all = new List<TargetValue>();
        foreach (var (name, value) in members.All)
        {
            var isName = IsCustomName(name, value);
            var expression = expressions.Single(value, default);
            isSound &= isName && expression is not null;
            if (expression is not null)
            {
                all.Add(new TargetValue(Targets.Targets.Custom(name), expression));
            }
        }

        return isSound ? [.. all] : null;
    }

    private bool IsCustomName(string name, Spot value)
    {
        if (Targets.Targets.EventNames.Contains(name))
        {
            context.Problems.Add(value, $"{Quoted.Text(name)} is a target; it belongs into \"set\"");
        }
        else if (CustomMembers.IsReserved(name) || name is "integrations" or "partners")
        {
            context.Problems.Add(value, $"{Quoted.Text(name)} has a meaning of its own in an event; choose another name");
        }
        else if (!NameForm.Event.Fits(name))
        {
            context.Problems.Add(value, $"the name must be {NameForm.Event.Expected}", NameForm.Event.Mend(name));
        }
        else
        {
            return true;
        }

        return false;
    }

    private MemberTable? Members(Spot spot)
    {
        if (MemberTable.Read(spot, "an object of names and expressions", context.Problems) is not { } members)
        {
            return null;
        }

        if (members.Names.Count == 0)
        {
            context.Problems.Add(spot, "is an empty object; expected at least one name with an expression");
            return null;
        }

        return members;
    }

    private ItemsPlan? OfItems(Spot spot)
    {
        const string expected = "{\"each\": …, \"set\": {…}}";
        if (spot.Member("each") is null)
        {
            context.Problems.Add(spot, $"items are made by an each with a set: {expected}", spot.Text is { } path ? $"{{\"each\": {Quoted.Text(path)}, \"set\": {{…}}}}" : null);
            return null;
        }

        var members = MemberTable.Read(spot, expected, context.Problems)!;
        if (members.TryGet("value", out var value) && !members.Has("set"))
        {
            context.Problems.Add(value, "\"value\" makes plain values; items are made by \"set\"", "set");
            return null;
        }

        members.Expect("each", ["each", "set"], "where", "group");
        var head = ListOperators.Head(members, default, expressions, context);
        if (!members.TryGet("set", out var set) || Members(set) is not { } targets)
        {
            return null;
        }

        var all = Read(targets, Targets.Targets.OfItem, Targets.Targets.ItemNames, "an item", head.Scope, eventName: null);
        TellLacking(set, "an item", RequiredTargets.LackingInItem(targets.Names.ToHashSet()));
        return all is null || !head.IsSound ? null : new ItemsPlan(head.List!, head.Where, head.Group, all);
    }

    public void TellLacking(Spot set, string what, IReadOnlyList<string> lacking)
    {
        if (lacking.Count > 0)
        {
            context.Problems.Add(set, $"{what} needs also {Quoted.List(lacking)}: CAX requires it, and nothing here gives it");
        }
    }

    private TargetSet? Read(MemberTable members, Func<string, Target?> find, IReadOnlyCollection<string> names, string owner, Scope scope, string? eventName)
    {
        var isSound = true;
        var all = new List<TargetValue>();
        foreach (var (name, value) in members.All)
        {
            var target = find(name);
            if (target is null)
            {
                context.Problems.Add(
                    value, $"{Quoted.Text(name)} is no target of {owner}" + (owner == "an event" ? "; members of your own stand in \"custom\"" : ""),
                    NearestName.Of(name, names));
            }
            else if (name == Items && owner == "an event")
            {
                continue;
            }

            var expression = target?.IsList == true ? expressions.Any(value, scope) : expressions.Single(value, scope);
            if (target is not null)
            {
                CheckLiterals(target, value, eventName);
            }

            if (target is null || expression is null)
            {
                isSound = false;
                continue;
            }

            all.Add(new TargetValue(target, expression));
        }

        return isSound ? new TargetSet(all) : null;
    }

    private void CheckLiterals(Target target, Spot value, string? eventName)
    {
        var standard = eventName is null ? null : StandardEvents.Find(eventName);
        switch (target.Form)
        {
            case TargetForm.Money or TargetForm.Number:
                LiteralRules.Number(value, context);
                break;
            case TargetForm.Currency:
                LiteralRules.Currency(value, context);
                break;
            case TargetForm.Country:
                LiteralRules.Country(value, context);
                break;
            case TargetForm.Gender:
                LiteralRules.Gender(value, context);
                break;
            case TargetForm.Text when target.Name == "payment_method" && standard?.Requires("payment_method") == true:
                LiteralRules.PaymentMethod(value, context);
                break;
            case TargetForm.Text when target.Name == "status" && standard?.Requires("status") == true:
                LiteralRules.Status(value, context);
                break;
            default:
                break;
        }
    }
}
