using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

internal enum ArithmeticKind
{
    Sum,
    Difference,
    Product,
    Ratio,
}

/// <summary>
/// Exact decimals: a sum, the first part less the others, a product, or the first divided by the second. The values of a list count one by one. A part
/// that is missing leaves the whole missing, for a missing amount is not zero.
/// </summary>
internal sealed class Arithmetic(ArithmeticKind kind, Operator[] parts) : Operator
{
    public override IEnumerable<string> Places => parts.SelectMany(part => part.Places);

    public override bool TryGet(Evaluation at, out Value value)
    {
        value = default;
        var mark = at.Values.Count;
        var complete = true;
        for (var i = 0; i < parts.Length && complete; i++)
        {
            var before = at.Values.Count;
            parts[i].Gather(at);
            complete = at.Values.Count > before;
        }

        var found = complete && TryWork(at, mark, out value);
        at.Values.PopTo(mark);
        return found;
    }

    private bool TryWork(Evaluation at, int mark, out Value value)
    {
        value = default;
        decimal result = 0;
        for (var i = mark; i < at.Values.Count; i++)
        {
            if (!at.TakeNumber(at.Values.At(i), out var number))
            {
                return false;
            }

            if (i == mark)
            {
                result = number;
            }
            else if (!TryApply(result, number, out result))
            {
                at.Complain(at.Values.At(i), "leads to a number that cannot be held exactly");
                return false;
            }
        }

        value = Value.Of(result);
        return true;
    }

    private bool TryApply(decimal left, decimal right, out decimal result) => kind switch
    {
        ArithmeticKind.Sum => ExactArithmetic.TryAdd(left, right, out result),
        ArithmeticKind.Difference => ExactArithmetic.TryAdd(left, -right, out result),
        ArithmeticKind.Product => ExactArithmetic.TryMultiply(left, right, out result),
        _ => ExactArithmetic.TryDivide(left, right, out result),
    };
}
