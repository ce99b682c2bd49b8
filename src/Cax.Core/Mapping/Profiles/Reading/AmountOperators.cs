using System.Text.Json;
using Cax.Core.Mapping.Profiles.Operators;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Reads the operators that compute decimals.</summary>
internal sealed class AmountOperators(ReadingContext context, ExpressionReader expressions)
{
    /// <summary>The usual one and those that do not break a line.</summary>
    private const string Spaces = " \u00A0\u202F";

    public Expression? Read(string name, Spot main, MemberTable members, Scope scope) => name switch
    {
        "decimal" => Notation(main, members, scope),
        "minor" => Minor(main, members, scope),
        "round" => Rounded(main, members, scope),
        "absolute" => Operand(main, scope) is { } input ? input.Through(new Absolute(input.One)) : null,
        "sum" => Sum(main, scope),
        "difference" => Parts(ArithmeticKind.Difference, main, scope),
        "product" => Parts(ArithmeticKind.Product, main, scope),
        _ => Parts(ArithmeticKind.Ratio, main, scope),
    };

    private Expression? Notation(Spot main, MemberTable members, Scope scope)
    {
        var input = expressions.Read(main, scope);
        char? mark = members.TryGet("mark", out var spot) ? Mark(spot) : '.';
        var group = members.TryGet("group", out spot) ? Group(spot) : "";
        if (group is not null && mark is { } point && group.Contains(point))
        {
            context.Problems.Add(spot, "holds the mark of the decimals, so that thousands and decimals cannot be told apart");
            group = null;
        }

        var strip = members.TryGet("strip", out spot) ? context.Values.AnyText(spot) : "";
        return input is null || mark is null || group is null || strip is null
            ? null
            : input.Through(new DecimalText(input.One, new DecimalNotation(mark.Value, group, strip)));
    }

    private char? Mark(Spot spot)
    {
        char? mark;
        if (!OptionParameter.Is(spot))
        {
            mark = context.Values.Letter(spot);
        }
        else if (OptionParameter.TryRead(spot, context, out var given))
        {
            mark = given is null ? '.' : given.Length == 1 ? given[0] : '-';
        }
        else
        {
            return null;
        }

        if (mark is { } letter && (char.IsAsciiDigit(letter) || letter == '-'))
        {
            context.Problems.Add(spot, "must be the character before the decimals, such as \",\"");
            return null;
        }

        return mark;
    }

    /// <summary>Blanks around a value of the settings get lost, so there a word stands for them.</summary>
    private string? Group(Spot spot) =>
        !OptionParameter.Is(spot) ? context.Values.AnyText(spot)
        : !OptionParameter.TryRead(spot, context, out var given) ? null
        : given == "space" ? Spaces
        : given ?? "";

    private Expression? Minor(Spot main, MemberTable members, Scope scope)
    {
        var input = Operand(main, scope);
        if (!HasOneOfTwo(members))
        {
            return null;
        }

        var currency = Currency(members, scope);
        Operator? digits = null;
        if (members.TryGet("digits", out var spot))
        {
            digits = spot.Kind != JsonValueKind.Number ? expressions.Single(spot, scope)
                : context.Values.Whole(spot, 0, ExactArithmetic.MostPlaces) is { } number ? Constant.Of((decimal)number)
                : null;
        }

        return input is null || (currency is null && digits is null) ? null : input.Through(new MinorUnits(input.One, currency, digits));
    }

    private Expression? Rounded(Spot main, MemberTable members, Scope scope)
    {
        var input = Operand(main, scope);
        if (!HasOneOfTwo(members))
        {
            return null;
        }

        var currency = Currency(members, scope);
        var digits = members.TryGet("digits", out var spot) ? context.Values.Whole(spot, 0, ExactArithmetic.MostPlaces) : null;
        return input is null || (currency is null && digits is null) ? null : input.Through(new Round(input.One, currency, digits ?? 0));
    }

    private bool HasOneOfTwo(MemberTable members)
    {
        if (members.Has("currency") != members.Has("digits"))
        {
            return true;
        }

        context.Problems.Add(members.Self, "needs either \"currency\" or \"digits\", to know how many digits stand after the point");
        return false;
    }

    private Operator? Currency(MemberTable members, Scope scope)
    {
        if (!members.TryGet("currency", out var spot))
        {
            return null;
        }

        LiteralRules.Currency(spot, context);
        return expressions.Single(spot, scope);
    }

    private Expression? Sum(Spot main, Scope scope)
    {
        var parts = main.Kind == JsonValueKind.Array ? Operands(main, scope)
            : Operand(main, scope) is { } one ? [one]
            : null;
        return parts is null ? null : new Expression(new Arithmetic(ArithmeticKind.Sum, ExpressionReader.Operators(parts)), IsList: false);
    }

    private Expression? Parts(ArithmeticKind kind, Spot main, Scope scope)
    {
        if (main.Kind == JsonValueKind.Array && (kind == ArithmeticKind.Ratio ? main.Element.GetArrayLength() != 2 : main.Element.GetArrayLength() < 2))
        {
            context.Problems.Add(main, kind == ArithmeticKind.Ratio ? "must have two parts: what is divided, and by what" : "must have two parts or more");
            return null;
        }

        return Operands(main, scope) is { } parts ? new Expression(new Arithmetic(kind, ExpressionReader.Operators(parts)), IsList: false) : null;
    }

    private Expression[]? Operands(Spot main, Scope scope) => context.Values.List(main, part => Operand(part, scope));

    private Expression? Operand(Spot spot, Scope scope)
    {
        LiteralRules.Number(spot, context);
        return expressions.Read(spot, scope);
    }
}
