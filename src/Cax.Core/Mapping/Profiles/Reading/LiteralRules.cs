using System.Text;
using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Settings;

namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Finds what stands in the document itself and can never be right where it ends up, whatever a record holds.</summary>
internal static class LiteralRules
{
    private static readonly string[] Genders = ["f", "m", "female", "male"];

    /// <summary>A decimal is wanted.</summary>
    public static void Number(Spot expression, ReadingContext context) =>
        Check(expression, context, "a number is expected here", IsNumber, _ => null);

    /// <summary>A currency is wanted.</summary>
    public static void Currency(Spot expression, ReadingContext context) => Check(
        expression, context, "a currency is three letters (ISO 4217), such as \"EUR\"",
        literal => literal.Text is { } text && text.Trim() is { Length: 3 } code && code.All(char.IsAsciiLetter), _ => null);

    /// <summary>A country is wanted.</summary>
    public static void Country(Spot expression, ReadingContext context) => Check(
        expression, context, "a country is two or three letters (ISO 3166-1), such as \"FR\", or its usual name",
        literal => literal.Text?.Trim() is { } text && ((text.Length is 2 or 3 && text.All(char.IsAsciiLetter)) || CountryNames.TryGet(Encoding.UTF8.GetBytes(text), out _)),
        _ => null);

    /// <summary>The payment method of an event is wanted.</summary>
    public static void PaymentMethod(Spot expression, ReadingContext context) => Listed(expression, context, "a payment method", Enumerations.PaymentMethods);

    /// <summary>The status of a purchase is wanted.</summary>
    public static void Status(Spot expression, ReadingContext context) => Listed(expression, context, "a status", Enumerations.Statuses);

    public static void Gender(Spot expression, ReadingContext context) => Listed(expression, context, "a gender", Genders);

    private static void Listed(Spot expression, ReadingContext context, string what, string[] list) => Check(
        expression, context, $"{what} is one of {Quoted.List(list)}",
        literal => literal.Text is { } text && list.Contains(text.Trim()),
        literal => literal.Text is { } text ? NearestName.Of(text.Trim().Replace(' ', '_').Replace('-', '_'), list) : null);

    private static bool IsNumber(Spot literal) => literal.Kind == JsonValueKind.Number
        || (literal.Text is { } text && ExactDecimal.TryParse(Encoding.UTF8.GetBytes(text.Trim()), out _));

    private static void Check(Spot expression, ReadingContext context, string message, Func<Spot, bool> isRight, Func<Spot, string?> suggest)
    {
        foreach (var literal in Literals(expression, context))
        {
            // A blank is told where it stands, as such.
            if (literal.Text is not { } text || !string.IsNullOrWhiteSpace(text))
            {
                if (!isRight(literal))
                {
                    context.Problems.Add(literal, message, suggest(literal));
                }
            }
        }
    }

    /// <summary>What an expression may give that does not come from the record.</summary>
    private static IEnumerable<Spot> Literals(Spot expression, ReadingContext context)
    {
        if (expression.Kind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        {
            return [expression];
        }

        if (expression.Kind != JsonValueKind.Object)
        {
            return [];
        }

        if (expression.Member("constant") is { } constant)
        {
            return constant.Kind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null ? [] : [constant];
        }

        if (expression.Member("lookup") is not null)
        {
            return InTable(expression, context).Concat(In(expression.Member("default"), context));
        }

        if (expression.Member("when") is not null)
        {
            return In(expression.Member("then"), context).Concat(In(expression.Member("else"), context));
        }

        if (expression.Member("each") is not null)
        {
            return In(expression.Member("value"), context);
        }

        var several = expression.Member("first") ?? expression.Member("list");
        return several is { Kind: JsonValueKind.Array } parts ? parts.Elements().SelectMany(part => Literals(part, context)) : [];
    }

    private static IEnumerable<Spot> In(Spot? expression, ReadingContext context) => expression is { } some ? Literals(some, context) : [];

    private static IEnumerable<Spot> InTable(Spot lookup, ReadingContext context) =>
        lookup.Member("in")?.Text is { } name && context.Tables.TryGetValue(name, out var table)
            ? table.Place.Members().Select(entry => entry.Value).Where(entry => entry.Text is not null)
            : [];
}
