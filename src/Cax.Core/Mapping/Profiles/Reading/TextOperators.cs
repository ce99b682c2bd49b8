using System.Text.RegularExpressions;
using Cax.Core.Mapping.Profiles.Operators;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads the operators that look up, change and judge texts. Each does with every value of a list what it does with one.</summary>
internal sealed class TextOperators(ReadingContext context, ExpressionReader expressions)
{
    private static readonly string[] Yes = ["true", "1", "yes", "y", "on", "t"];
    private static readonly string[] No = ["false", "0", "no", "n", "off", "f"];

    public Expression? Read(string name, Spot main, MemberTable members, Scope scope)
    {
        var input = expressions.Read(main, scope);
        var made = Make(name, input?.One, members, scope);
        return input is null || made is null ? null : input.Through(made);
    }

    /// <summary>Reads the options also where the input is a mistake: theirs are to be told as well.</summary>
    private Operator? Make(string name, Operator? input, MemberTable members, Scope scope) => name switch
    {
        "lookup" => Found(input, members, scope),
        "boolean" => Words(input, members),
        "phone" => PhoneNumber(input, members, scope),
        "hash" => Hashed(input, members),
        "extract" => Extracted(input, members),
        "except" => members.TryGet("values", out var spot) && context.Values.Scalars(spot) is { } values && input is not null ? new Except(input, values) : null,
        _ when input is null => null,
        "id" => new IdText(input),
        "country" => new Country(input),
        "email" => new Email(input),
        "lower" => new TextForm(input, TextChange.Lower),
        "upper" => new TextForm(input, TextChange.Upper),
        "trim" => new TextForm(input, TextChange.Trim),
        _ => new TextForm(input, TextChange.Html),
    };

    private Lookup? Found(Operator? input, MemberTable members, Scope scope)
    {
        var table = members.TryGet("in", out var spot) ? Table(spot) : null;
        var hasDefault = members.TryGet("default", out spot);
        var otherwise = hasDefault ? expressions.Single(spot, scope) : null;
        return input is null || table is null || (hasDefault && otherwise is null) ? null : new Lookup(input, table, otherwise);
    }

    private LookupTable? Table(Spot spot)
    {
        if (context.Values.Text(spot) is not { } name)
        {
            return null;
        }

        if (context.Tables.TryGetValue(name, out var table))
        {
            return table.Table;
        }

        context.Problems.Add(spot, $"there is no table {Quoted.Text(name)} in \"lookups\"", NearestName.Of(name, context.Tables.Keys));
        return null;
    }

    private BooleanWords? Words(Operator? input, MemberTable members)
    {
        var yes = members.TryGet("true", out var spot) ? context.Values.Scalars(spot) : Yes;
        var no = members.TryGet("false", out spot) ? context.Values.Scalars(spot) : No;
        if (yes is not null && no is not null && yes.Intersect(no, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } both)
        {
            context.Problems.Add(members.Self, $"{Quoted.Text(both)} means both true and false");
            return null;
        }

        return input is null || yes is null || no is null ? null : new BooleanWords(input, yes, no);
    }

    private Phone? PhoneNumber(Operator? input, MemberTable members, Scope scope)
    {
        if (!members.TryGet("country", out var spot))
        {
            return input is null ? null : new Phone(input, null);
        }

        LiteralRules.Country(spot, context);
        return expressions.Single(spot, scope) is { } country && input is not null ? new Phone(input, country) : null;
    }

    private Hash? Hashed(Operator? input, MemberTable members) =>
        members.TryGet("with", out var spot) && context.Values.OneOf(spot, ProfileVocabulary.HashKinds) is { } kind && input is not null
            ? new Hash(input, kind == "md5" ? HashKind.Md5 : HashKind.Sha256)
            : null;

    private Extract? Extracted(Operator? input, MemberTable members)
    {
        var pattern = members.TryGet("pattern", out var spot) ? Pattern(spot, context) : null;
        var last = pattern?.GetGroupNumbers().Max();
        int? group = last is > 0 ? 1 : 0;
        if (members.TryGet("group", out spot) && (group = context.Values.Whole(spot, 0, int.MaxValue)) > last)
        {
            context.Problems.Add(spot, FormattableString.Invariant($"there is no group {group} in the pattern; its last one is {last}"));
            group = null;
        }

        return input is null || pattern is null || group is null ? null : new Extract(input, pattern, group.Value);
    }

    /// <summary>A regular expression that takes time in proportion to the text, whatever the text.</summary>
    public static Regex? Pattern(Spot spot, ReadingContext context)
    {
        if (context.Values.Text(spot) is not { } text)
        {
            return null;
        }

        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException e)
        {
            context.Problems.Add(spot, FormattableString.Invariant($"is no regular expression, from character {e.Offset + 1} on ({e.Error})"));
        }
        catch (NotSupportedException)
        {
            context.Problems.Add(spot, "must do without looking ahead or behind and without referring back to groups");
        }

        return null;
    }
}
