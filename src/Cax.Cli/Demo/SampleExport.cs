using System.Globalization;
using System.Text;

namespace Cax.Cli.Demo;

/// <summary>The export file of the sample: orders in the connector's own columns, a row for each item, and some rows that are bad.</summary>
internal sealed class SampleExport(SampleShop shop)
{
    private const int First = 8_000;
    private const int Orders = 120;
    private const string Header =
        "order_id,ordered_at,currency,payment_method,value,revenue,tax,shipping,customer_id,customer_email,consent,item_id,item_name,item_quantity,item_price";

    public string Write()
    {
        var rows = new StringBuilder(Header).Append("\r\n");
        for (var number = First; number < First + Orders; number++)
        {
            rows.Append(First + 40 == number ? Row(number, "SKU-88", "\"Linen shirt, \"\"summer\"\"\nwith a line break\"", 1) : Row(number, "SKU-88", "Linen shirt", 1));
            rows.Append((number - First) switch
            {
                // A comma that nobody quoted, a letter in a number, and an order that goes on after another one.
                17 => Row(number, "SKU-89", "Straw hat, brown", 2),
                63 => Row(number, "SKU-89", "Straw hat", 2).Replace(",2,", ",two,", StringComparison.Ordinal),
                90 => Row(First + 85, "SKU-91", "Grüner Krug", 1),
                _ => Row(number, "SKU-90", "Été teapot", 1),
            });
        }

        return rows.ToString();
    }

    private string Row(int number, string item, string name, int quantity) => string.Create(
        CultureInfo.InvariantCulture,
        $"EXP-{number},{shop.Time(number):yyyy-MM-dd'T'HH:mm:sszzz},EUR,card,64.90,50.00,10.00,4.90,C-{number},customer{number}@example.com,1|3,{item},{name},{quantity},25.00\r\n");
}
