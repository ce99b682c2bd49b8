using System.Text.Json.Nodes;

namespace Cax.Cli.Profiles.Drafting.Rows;

/// <summary>What an order sets: its money, its payment, its items.</summary>
internal sealed class RowOrder(RowMeaning meaning, RowValues values, DraftPage page)
{
    private const string Currency = "currency";

    private static readonly string[] Amounts = ["value", "revenue", "tax_amount", "shipping_amount", "discount_value"];

    private readonly JsonObject _set = [];

    public JsonObject Set()
    {
        Copy("id", meaning.Id);
        SetCurrency();
        foreach (var amount in Amounts)
        {
            if (meaning.OfOrder(amount) is { } column)
            {
                _set[amount] = values.Number(column, meaning.Path(column));
            }
        }

        WorkOutTotals();
        if (meaning.Of("payment_method").FirstOrDefault() is { } payment)
        {
            Copy("payment_method", payment);
            page.Check("translate payment_method by {\"lookup\": path, \"in\": table} into the words of CAX.");
        }
        else
        {
            _set["payment_method"] = new JsonObject { ["constant"] = "other" };
            page.Assume("payment_method is other, for no column tells it.");
        }

        Copy("coupon", meaning.Of("coupon").FirstOrDefault());
        _set["items"] = new JsonObject { ["each"] = meaning.List, ["set"] = meaning.Price is { } price ? Item(price) : WholeOrder() };
        return _set;
    }

    /// <summary>The same of a refund: what is taken back, without its sign.</summary>
    public static JsonObject TakenBack(JsonObject order)
    {
        var set = (JsonObject)order.DeepClone();
        set.Remove("payment_method");
        foreach (var amount in Amounts.Where(set.ContainsKey))
        {
            set[amount] = new JsonObject { ["absolute"] = set[amount]!.DeepClone() };
        }

        var item = set["items"]!["set"]!;
        item["quantity"] = new JsonObject { ["absolute"] = item["quantity"]!.DeepClone() };
        return set;
    }

    private void Copy(string target, SampleColumn? column)
    {
        if (column is not null)
        {
            page.Used.Add(column);
            _set[target] = meaning.Path(column);
        }
    }

    private void SetCurrency()
    {
        var column = meaning.Of(Currency).FirstOrDefault(one => one.Given.All(value => value.Length == 3 && value.All(char.IsAsciiLetter)));
        if (column is not null)
        {
            Copy(Currency, column);
            return;
        }

        _set[Currency] = page.Parameter(Currency, "Fill in a default such as \"EUR\": no column names the currency");
        page.FillIn($"the default of the parameter {Currency}, for no column names it.");
    }

    private void WorkOutTotals()
    {
        if (!_set.ContainsKey("value") && !_set.ContainsKey("revenue"))
        {
            // Without either and without prices this would be no order.
            _set["revenue"] = values.OverRows(values.LineTotal);
            page.Assume(meaning.Quantity is { } quantity
                ? $"revenue is the sum of {quantity.Name} x {meaning.Price!.Name}, so prices are without tax and after discount."
                : $"each row is one piece, and revenue is the sum of {meaning.Price!.Name}, so prices are without tax and after discount.");
        }

        if (_set.ContainsKey("value") && _set.ContainsKey("revenue"))
        {
            page.Check("value is with taxes and shipping, revenue without either, both after discount.");
            return;
        }

        var hasValue = _set.ContainsKey("value");
        var (known, missing) = hasValue ? ("value", "revenue") : ("revenue", "value");
        string[] parts = [.. ((string[])["shipping_amount", "tax_amount"]).Where(_set.ContainsKey)];
        if (parts.Length == 0)
        {
            _set[missing] = _set[known]!.DeepClone();
            page.Assume($"{missing} is the same as {known}, for no column tells shipping or tax.");
            return;
        }

        var whole = new JsonArray([_set[known]!.DeepClone(), .. parts.Select(part => _set[part]!.DeepClone())]);
        _set[missing] = new JsonObject { [hasValue ? "difference" : "sum"] = whole };
        page.Assume($"{missing} is {known} {(hasValue ? "without" : "with")} {string.Join(" and ", parts)}.");
    }

    private JsonObject Item(SampleColumn price)
    {
        var id = meaning.OfItem("id", _ => true);
        var name = meaning.OfItem("product.name", column => column != id);
        if (id is null && name is null)
        {
            page.FillIn("id, product.id and product.name of the items. No column is called like them.");
        }
        else if (id is null || name is null)
        {
            page.Assume(id is null ? "items have no number; their name stands for it." : "items have no name; their number stands for it.");
        }

        var item = new JsonObject();
        Copy(item, "id", id ?? name);
        item["quantity"] = meaning.Quantity is { } quantity ? values.Number(quantity, RowMeaning.Element(quantity)) : 1;
        Copy(item, "product.id", id ?? name);
        Copy(item, "product.name", name ?? id);
        item["product.price"] = values.Number(price, RowMeaning.Element(price));
        foreach (var more in (string[])["variant", "product.brand", "product.category_1"])
        {
            Copy(item, more, meaning.OfItem(more, column => column != id && column != name));
        }

        return item;
    }

    private JsonObject WholeOrder()
    {
        page.Assume("one item stands for the whole order, for no columns name articles and their prices.");
        var item = new JsonObject
        {
            ["id"] = new JsonObject { ["constant"] = "order" },
            ["quantity"] = 1,
            ["product.id"] = new JsonObject { ["constant"] = "order" },
            ["product.name"] = new JsonObject { ["constant"] = "order" },
            ["product.price"] = _set["revenue"]!.DeepClone(),
        };
        Copy(item, "product.category_1", meaning.OfItem("product.category_1", _ => true));
        return item;
    }

    private void Copy(JsonObject item, string target, SampleColumn? column)
    {
        if (column is not null)
        {
            page.Used.Add(column);
            item[target] = RowMeaning.Element(column);
        }
    }
}
