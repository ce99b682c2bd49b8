using System.Text.Json;
using Cax.Core.Mapping.Profiles.Conditions;
using Cax.Core.Mapping.Profiles.Operators;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads the operators that make, walk and count lists.</summary>
internal sealed class ListOperators(ReadingContext context, ExpressionReader expressions)
{
    public Expression? Read(string name, Spot main, MemberTable members, Scope scope) => name switch
    {
        "list" => Parts(main, scope) is { } parts ? new Expression(new ListOf(ExpressionReader.Operators(parts)), IsList: true) : null,
        "join" => Joined(main, members, scope),
        "split" => SplitAt(main, members, scope),
        "each" => EachOf(members, scope),
        _ => expressions.Any(main, scope) is { } list ? new Expression(new Count(list), IsList: false) : null,
    };

    /// <summary>What stands before <c>set</c> or <c>value</c> in an <c>each</c>.</summary>
    public static EachHead Head(MemberTable members, Scope scope, ExpressionReader expressions, ReadingContext context)
    {
        members.TryGet("each", out var spot);
        var list = expressions.Any(spot, scope);
        if (spot.Member("split") is { } split)
        {
            context.Problems.Add(split, "gives texts without members; each goes over the elements of a list in the record");
            list = null;
        }

        var inside = scope.Inside();
        var hasWhere = members.TryGet("where", out spot);
        var where = hasWhere ? expressions.Conditions.Read(spot, inside) : null;
        var hasGroup = members.TryGet("group", out spot);
        var group = hasGroup ? expressions.Single(spot, inside) : null;
        return new EachHead(
            list, where, group, hasGroup ? inside.OfGroup() : inside, list is not null && (!hasWhere || where is not null) && (!hasGroup || group is not null));
    }

    /// <summary>This list alone may be empty: that nothing was granted is something to say.</summary>
    private Expression[]? Parts(Spot main, Scope scope) =>
        main.Kind == JsonValueKind.Array && main.Element.GetArrayLength() == 0 ? [] : expressions.All(main, scope);

    private Expression? Joined(Spot main, MemberTable members, Scope scope)
    {
        var parts = main.Kind == JsonValueKind.Array ? expressions.All(main, scope)
            : expressions.Read(main, scope) is { } one ? [one]
            : null;
        var with = members.TryGet("with", out var spot) ? context.Values.AnyText(spot) : "";
        return parts is null || with is null ? null : new Expression(new Join(ExpressionReader.Operators(parts), with), IsList: false);
    }

    private Expression? SplitAt(Spot main, MemberTable members, Scope scope)
    {
        var input = expressions.Single(main, scope);
        var at = members.TryGet("at", out var spot) ? context.Values.AnyText(spot) : null;
        if (at is "")
        {
            context.Problems.Add(spot, "must be the text between the parts, such as \",\"");
            return null;
        }

        return input is null || at is null ? null : new Expression(new Split(input, at), IsList: true);
    }

    private Expression? EachOf(MemberTable members, Scope scope)
    {
        var head = Head(members, scope, expressions, context);
        if (members.TryGet("set", out var set))
        {
            context.Problems.Add(set, "\"set\" makes items and stands in the target \"items\" only; \"value\" says what each element gives", "value");
        }
        else if (!members.Has("value"))
        {
            context.Problems.Add(members.Self, "each needs \"value\": what each element gives");
        }

        var value = members.TryGet("value", out var spot) ? expressions.Single(spot, head.Scope) : null;
        return value is null || !head.IsSound ? null : new Expression(new EachValue(head.List!, head.Where, head.Group, value), IsList: true);
    }
}

/// <summary>The list of an <c>each</c> and what is asked of its elements.</summary>
/// <param name="List">The list.</param>
/// <param name="Where">Which elements count.</param>
/// <param name="Group">What elements of one group have in common.</param>
/// <param name="Scope">The scope of what is said about each element.</param>
/// <param name="IsSound">Whether all of it could be read.</param>
internal sealed record EachHead(Operator? List, Condition? Where, Operator? Group, Scope Scope, bool IsSound);
