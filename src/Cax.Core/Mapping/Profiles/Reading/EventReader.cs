using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Mapping.Profiles.Plan;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads the events of a document.</summary>
internal sealed class EventReader(ReadingContext context, ExpressionReader expressions)
{
    // A name of its own that differs so little from a standard one is a slip.
    private const int LettersOfASlip = 1;

    private readonly TargetReader _targets = new(context, expressions);

    public EventPlan? Read(Spot spot)
    {
        if (MemberTable.Read(spot, "an object with event, time and set", context.Problems) is not { } members)
        {
            return null;
        }

        members.Expect("an event", ["event", "time", "set"], "when", "key", "discriminator", "custom");
        var name = members.TryGet("event", out var at) ? Name(at) : null;
        var isSound = TryRead(members, "when", one => expressions.Conditions.Read(one, default), out var when);
        isSound &= TryRead(members, "key", one => expressions.Single(one, default), out var key);
        isSound &= TryRead(members, "discriminator", one => expressions.Single(one, default), out var discriminator);
        isSound &= TryRead(members, "time", Time, out var time);
        isSound &= TryRead(members, "custom", _targets.Custom, out var custom);
        var set = members.TryGet("set", out at) ? _targets.OfEvent(at, name) : null;
        if (name is not null && at.Kind == JsonValueKind.Object)
        {
            _targets.TellLacking(at, name, RequiredTargets.Lacking(name, Names(members)));
        }

        return !isSound || name is null || time is null || set is not { } targets
            ? null
            : new EventPlan(name, targets.Set, custom ?? []) { When = when, Key = key, Discriminator = discriminator, Time = time, Items = targets.Items };
    }

    private static HashSet<string> Names(MemberTable members)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in (string[])["set", "custom"])
        {
            if (members.TryGet(part, out var spot) && spot.Kind == JsonValueKind.Object)
            {
                names.UnionWith(spot.Members().Select(member => member.Name));
            }
        }

        return names;
    }

    /// <summary>False when the member is there and has a mistake in it.</summary>
    private static bool TryRead<T>(MemberTable members, string name, Func<Spot, T?> read, out T? value)
        where T : class
    {
        value = null;
        return !members.TryGet(name, out var spot) || (value = read(spot)) is not null;
    }

    private string? Name(Spot spot)
    {
        if (context.Values.Name(spot, NameForm.Event) is not { } name)
        {
            return null;
        }

        if (StandardEvents.Find(name) is null && NearestName.Closest(name, StandardEvents.Names) is { } near && NearestName.Distance(name, near) <= LettersOfASlip)
        {
            context.Problems.Add(spot, $"{Quoted.Text(name)} is no event of CAX and differs by one letter from one", near);
            return null;
        }

        return name;
    }

    private Operator? Time(Spot spot)
    {
        var isTime = TimeOperators.IsTime(spot, context);
        var time = isTime || spot.Kind is JsonValueKind.Object ? expressions.Single(spot, default) : null;
        return isTime ? time : null;
    }
}
