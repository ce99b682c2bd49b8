using System.Text.Json;
using Cax.Core.Mapping.Profiles.Conditions;
using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads conditions.</summary>
internal sealed class ConditionReader(ReadingContext context, ExpressionReader expressions)
{
    private const string Expected = "a condition: an object with present, absent, value, all, any or not";

    /// <summary>Null when there is a mistake in it, which is then told.</summary>
    public Condition? Read(Spot spot, Scope scope)
    {
        if (MemberTable.Read(spot, Expected, context.Problems) is not { } members)
        {
            return null;
        }

        var kinds = members.Names.Where(name => ProfileVocabulary.Conditions.Contains(name)).ToList();
        if (kinds.Count != 1)
        {
            TellUnknown(members, kinds);
            return null;
        }

        members.TryGet(kinds[0], out var main);
        if (kinds[0] == "value")
        {
            return Compared(main, members, scope);
        }

        members.Expect(kinds[0], [kinds[0]]);
        return kinds[0] switch
        {
            "present" => expressions.Any(main, scope) is { } value ? new Present(value) : null,
            "absent" => expressions.Any(main, scope) is { } value ? new Not(new Present(value)) : null,
            "not" => Read(main, scope) is { } part ? new Not(part) : null,
            "all" => context.Values.List(main, part => Read(part, scope)) is { } parts ? new All(parts) : null,
            _ => context.Values.List(main, part => Read(part, scope)) is { } parts ? new Any(parts) : null,
        };
    }

    private void TellUnknown(MemberTable members, List<string> kinds)
    {
        if (kinds.Count > 1)
        {
            context.Problems.Add(members.Self, $"has {Quoted.List(kinds)} in one object; a condition has one of them", "{\"all\": [{…}, {…}]}");
            return;
        }

        var meant = members.All.FirstOrDefault(member => !ProfileVocabulary.Comparisons.Contains(member.Name));
        if (meant.Name is null)
        {
            context.Problems.Add(members.Self, $"is no condition; expected {Expected}");
        }
        else
        {
            context.Problems.Add(
                meant.Value, $"{Quoted.Text(meant.Name)} is no condition; conditions are {Quoted.List(ProfileVocabulary.Conditions)}",
                NearestName.Of(meant.Name, ProfileVocabulary.Conditions));
        }
    }

    private Condition? Compared(Spot main, MemberTable members, Scope scope)
    {
        var value = expressions.Any(main, scope);
        var comparisons = members.Names.Where(name => ProfileVocabulary.Comparisons.Contains(name)).ToList();
        var strangers = members.All.Where(member => member.Name != "value" && !ProfileVocabulary.Comparisons.Contains(member.Name)).ToList();
        foreach (var (name, spot) in strangers)
        {
            context.Problems.Add(
                spot, $"{Quoted.Text(name)} is no comparison; comparisons are {Quoted.List(ProfileVocabulary.Comparisons)}",
                NearestName.Of(name, ProfileVocabulary.Comparisons));
        }

        if (comparisons.Count > 1)
        {
            context.Problems.Add(
                members.Self, $"has {Quoted.List(comparisons)} for one value; a condition has one of them", "{\"all\": [{\"value\": …}, {\"value\": …}]}");
            return null;
        }

        if (comparisons.Count == 0)
        {
            if (strangers.Count == 0)
            {
                context.Problems.Add(members.Self, $"needs what the value is compared with: {Quoted.List(ProfileVocabulary.Comparisons)}", "{\"present\": …}");
            }

            return null;
        }

        members.TryGet(comparisons[0], out var with);
        return comparisons[0] switch
        {
            "equals" => Equal(value, with),
            "in" => context.Values.Scalars(with) is { } texts && value is not null ? new OneOf(value, texts) : null,
            "matches" => TextOperators.Pattern(with, context) is { } pattern && value is not null ? new Matches(value, pattern) : null,
            "same" => expressions.Any(with, scope) is { } other && value is not null ? new Same(value, other) : null,
            _ => Ordered(value, with, comparisons[0] == "greater", scope),
        };
    }

    private Condition? Equal(Operator? value, Spot with)
    {
        if (with.Kind == JsonValueKind.Number)
        {
            return context.Values.Decimal(with) is { } number && value is not null ? new EqualsNumber(value, number) : null;
        }

        return context.Values.Scalar(with) is { } text && value is not null ? new OneOf(value, [text]) : null;
    }

    private Compare? Ordered(Operator? value, Spot with, bool greater, Scope scope)
    {
        LiteralRules.Number(with, context);
        return expressions.Any(with, scope) is { } other && value is not null ? new Compare(value, other, greater) : null;
    }
}
