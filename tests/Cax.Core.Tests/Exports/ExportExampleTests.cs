using System.Globalization;
using System.Text;
using Cax.Core.Mapping;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Exports;

/// <summary>
/// Export files of our own, in the shapes of real ones, taken from their bytes to events. A table of all of them is kept beside this test. Set
/// <c>CAX_ACCEPT</c> to 1 to write it anew, and read the difference.
/// </summary>
public sealed class ExportExampleTests
{
    private static readonly string[] Settings =
    [
        "woocommerce-csv/timeZone=Europe/Dublin",
        "woocommerce-advanced-csv/timeZone=Europe/Stockholm",
        "woocommerce-advanced-csv/currency=SEK",
        "shopware-csv/timeZone=Europe/Berlin",
        "hubspot-csv/timeZone=Europe/Lisbon",
        "salesforce-csv/timeZone=America/New_York",
        "salesforce-csv/currency=USD",
        "salesforce-csv/phoneCountry=DK",
        "salesforce-csv/dateOrder=month_first",
        "order-lines-csv/timeZone=Europe/Berlin",
        "order-lines-csv/currency=EUR",
        "order-lines-csv/decimalMark=,",
        "order-lines-csv/thousands=.",
        "market-items/decimalMark=,",
    ];

    // These are asked for by name; the others are known by their header.
    private static readonly Dictionary<string, string> Asked = new() { ["order-lines.csv"] = "order-lines-csv", ["shopware-customers.csv"] = "shopware-customers-csv" };

    [Fact]
    public async Task Every_example_has_the_result_that_was_reviewed()
    {
        var table = new StringBuilder()
            .AppendLine("# What becomes of the example exports").AppendLine()
            .AppendLine("Made by `ExportExampleTests`; consent policy `omit`, arrival on 2026-11-01 at noon (UTC). Times in milliseconds.").AppendLine()
            .AppendLine("| file | line | rows | profile | result | id | value | revenue | shipping | tax | currency | status | time | items | pieces |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var name in ExportProbe.Examples)
        {
            foreach (var record in await Probe(name).ReadAsync(ExportProbe.Example(name), Asked.GetValueOrDefault(name)))
            {
                AddRows(table, name, record);
            }
        }

        var place = Path.Combine(Repository.Root, "tests/Cax.Core.Tests/Exports/examples.md");
        if (Environment.GetEnvironmentVariable("CAX_ACCEPT") == "1")
        {
            await File.WriteAllTextAsync(place, table.ToString(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(place, TestContext.Current.CancellationToken), table.ToString());
    }

    [Fact]
    public async Task The_same_orders_in_another_encoding_with_decimal_commas_give_the_same_events()
    {
        var plain = await Probe("shopware-orders.csv").ReadAsync(ExportProbe.Example("shopware-orders.csv"));
        var other = await Probe("shopware-orders.windows-1252.csv").ReadAsync(ExportProbe.Example("shopware-orders.windows-1252.csv"));

        Assert.Equal(Texts(plain), Texts(other));
    }

    [Fact]
    public async Task An_order_of_an_export_and_of_a_webhook_are_one_event()
    {
        const string Webhook = """
            {
              "id": 7100000000002, "admin_graphql_api_id": "gid://shopify/Order/7100000000002", "name": "#2002", "order_number": 2002, "email": "otis.barrow@example.com",
              "created_at": "2026-03-14T18:02:55-04:00", "currency": "USD", "financial_status": "paid", "fulfillment_status": null, "source_name": "web", "taxes_included": false,
              "subtotal_price": "48.50", "total_price": "57.17", "total_tax": "2.67", "payment_gateway_names": ["gift_card", "paypal"],
              "shipping_lines": [{ "price": "6.00", "discounted_price": "6.00", "tax_lines": [] }],
              "line_items": [
                { "id": 1, "product_id": 11, "sku": "FV-MU-1", "title": "Enamel mug", "price": "18.50", "quantity": 1 },
                { "id": 2, "product_id": 12, "sku": "", "title": "Tea towel", "price": "10.00", "quantity": 3 }
              ]
            }
            """;
        var webhook = new ExportEvent(MapperProbe.Json(Webhook, MapperProbe.WithConsent(ConsentPolicy.Omit)));

        var records = await Probe("shopify-orders.csv").ReadAsync(ExportProbe.Example("shopify-orders.csv"));

        var order = records[1].Purchase;
        Assert.Equal((webhook.EventId, webhook.Id, webhook.Time, webhook.Money), (order.EventId, order.Id, order.Time, order.Money));
        Assert.Equal((webhook.Items, webhook.Pieces), (order.Items, order.Pieces));
    }

    [Fact]
    public async Task Each_header_is_known_by_one_profile_only()
    {
        foreach (var name in ExportProbe.Examples.Where(name => !Asked.ContainsKey(name)))
        {
            var records = await Probe(name).ReadAsync(ExportProbe.Example(name));

            Assert.DoesNotContain(records, record => record.Parked is ReasonCodes.UnknownHeader or ReasonCodes.AmbiguousProfile);
        }
    }

    private static ExportProbe Probe(string name) => new(name.Contains("1252", StringComparison.Ordinal)
        ? [.. Settings, "shopware-csv/encoding=windows-1252", "shopware-csv/decimalMark=,"]
        : Settings);

    private static IEnumerable<string> Texts(IReadOnlyList<ExportRecord> records) => records.SelectMany(record => record.Events.Select(made => made.Json.GetRawText()));

    private static void AddRows(StringBuilder table, string name, ExportRecord record)
    {
        var profile = record.Profile is { } choice ? $"{choice.Name}, by {choice.By.ToString().ToLowerInvariant()}" : "";
        var place = string.Create(CultureInfo.InvariantCulture, $"| {name} | {record.Line} | {record.Rows} | {profile} |");
        if (record.Events.Count == 0)
        {
            table.AppendLine($"{place} {(record.Skipped is { } rule ? $"skipped: {rule}" : $"parked: {record.Parked}")} | | | | | | | | | | |");
        }

        foreach (var made in record.Events)
        {
            var (value, revenue, shipping, tax) = made.Money;
            var result = record.Errors.Count == 0 ? made.Name : $"parked: {made.Name}, {string.Join(", ", record.Errors)}";
            table.AppendLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{place} {result} | {made.Id} | {value} | {revenue} | {shipping} | {tax} | {made.Currency} | {made.Status} | {made.Time} | {made.Items} | {made.Pieces} |"));
        }
    }
}
