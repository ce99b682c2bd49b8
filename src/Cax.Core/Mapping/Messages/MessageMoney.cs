using System.Text;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Messages;

/// <summary>The money of an order or refund: currency, and any three or more of value, revenue, tax and shipping.</summary>
internal static class MessageMoney
{
    public static void Write(MessagePart part, Members root)
    {
        WriteCurrency(part, root, required: true);
        var value = part.Amount("value"u8);
        var revenue = part.Amount("revenue"u8);
        var tax = part.Amount("tax"u8);
        var shipping = part.Amount("shipping"u8);

        if (IsAbsent(part, "revenue"u8) && value is { } v1 && tax is { } t1 && shipping is { } s1)
        {
            revenue = Sum(part, "revenue"u8, v1, -t1, -s1);
        }
        else if (IsAbsent(part, "value"u8) && revenue is { } r2 && tax is { } t2 && shipping is { } s2)
        {
            value = Sum(part, "value"u8, r2, t2, s2);
        }
        else
        {
            Require(part, "revenue"u8);
            Require(part, "value"u8);
            tax ??= IsAbsent(part, "tax"u8) ? Rest(value, revenue, shipping) : null;
            shipping ??= IsAbsent(part, "shipping"u8) ? Rest(value, revenue, tax) : null;
        }

        Set(root, "revenue"u8, revenue);
        Set(root, "tax_amount"u8, tax);
        Set(root, "shipping_amount"u8, shipping);
        Set(root, "value"u8, value);
    }

    public static void WriteCurrency(MessagePart part, Members root, bool required)
    {
        if (part.Text("currency"u8, required) is not { } currency)
        {
            return;
        }

        if (currency.Length == 3 && currency.All(char.IsAsciiLetter))
        {
            root.SetText("currency"u8, currency.ToUpperInvariant());
        }
        else
        {
            part.Refuse("currency"u8, "Must be a currency code of three letters (ISO 4217), such as EUR.");
        }
    }

    public static void Set(Members members, ReadOnlySpan<byte> name, decimal? amount)
    {
        if (amount is { } number)
        {
            members.SetNumber(name, number);
        }
    }

    /// <summary>The fourth of four amounts. A negative rest is a contradiction between the other three, not an amount.</summary>
    private static decimal? Rest(decimal? value, decimal? revenue, decimal? other) =>
        value is { } v && revenue is { } r && other is { } o && Amounts.TrySum(v, -r, -o, out var rest) && rest >= 0 ? rest : null;

    private static decimal? Sum(MessagePart part, ReadOnlySpan<byte> name, decimal a, decimal b, decimal c)
    {
        if (Amounts.TrySum(a, b, c, out var sum))
        {
            return sum;
        }

        part.Refuse(name, "Cannot be worked out exactly from the other three amounts.");
        return null;
    }

    private static void Require(MessagePart part, ReadOnlySpan<byte> name)
    {
        if (IsAbsent(part, name))
        {
            part.Refuse(name, $"Is required: {ExactDecimal.Expected}. {Encoding.UTF8.GetString(name)} can be left out only when the other three of value, revenue, tax and shipping are given.");
        }
    }

    private static bool IsAbsent(MessagePart part, ReadOnlySpan<byte> name) => part.Get(name).ValueKind == System.Text.Json.JsonValueKind.Undefined;
}
