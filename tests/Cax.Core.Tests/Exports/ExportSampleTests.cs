using System.Globalization;
using System.Text;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Exports;

/// <summary>The exports of real systems, taken from their bytes to events: money to the cent, items, refunds, cancelled orders and times.</summary>
public sealed class ExportSampleTests
{
    private static readonly string Folder = Path.Combine(SkippableSamplesAttribute.Folder ?? "", "exports");

    private static readonly string[] Shopware = ["shopware-csv/timeZone=Europe/Berlin"];

    [SkippableSamples]
    public async Task Rows_of_Shopify_with_one_name_are_one_order()
    {
        var records = await new ExportProbe().ReadAsync(In("shopify-orders_export.csv"));

        Assert.Equal(23, records.Sum(record => record.Rows));
        Assert.Equal(9, records.Count);
        Assert.All(records, record => Assert.Equal("shopify-csv", record.Profile?.Name));
        Assert.Equal(["6634244374859", "6634253189451", "6637075562827", "6637078348107", "6638233977163", "6638974042443", "6639002878283", "6644840235339"], Purchases(records).Select(made => made.Id));
        var first = records[0];
        Assert.Equal((4, ("1659.95", "1659.95", "0.00", "0.00"), "EUR", 1746971716000, 4, 4m), (first.Rows, first.Purchase.Money, first.Purchase.Currency, first.Purchase.Time, first.Purchase.Items, first.Purchase.Pieces));
        Assert.Equal("shipped", first.Purchase.Status);

        // Nobody is named in four of them, and CAX wants to know whose an order is.
        Assert.Equal(["CAX021"], first.Errors);
        Assert.Equal(4, records.Count(record => record.Errors.Count > 0));
        Assert.Equal(8455.95m, Purchases(records).Sum(made => made.Amount("value")));
        Assert.Equal("unpaid", records.Single(record => record.Events.Count == 0).Skipped);
        Assert.DoesNotContain(records.SelectMany(record => record.Events), made => made.Name == "refund");
    }

    [SkippableSamples]
    public async Task The_same_file_with_orders_by_name_and_unpaid_ones_sent_has_all_nine()
    {
        var records = await new ExportProbe("shopify-csv/orderId=name", "shopify-csv/unpaid=pending").ReadAsync(In("shopify-orders_export.csv"));

        Assert.Equal(["#1001", "#1003", "#1004", "#1005", "#1006", "#1008", "#1011", "#1013", "#1016"], Purchases(records).Select(made => made.Id));
        Assert.Equal(("pending", ("127.59", "127.59", "0.00", "0.00")), (records[7].Purchase.Status, records[7].Purchase.Money));
    }

    [SkippableSamples]
    public async Task Orders_of_Shopware_keep_the_cent_that_they_disagree_by_and_baskets_are_left_out()
    {
        var records = await new ExportProbe(Shopware).ReadAsync(In("shopware-main-orders.csv"));

        Assert.Equal([null, "aborted", "aborted", null], records.Select(record => record.Skipped));
        var (trade, shop) = (records[0].Purchase, records[3].Purchase);
        Assert.Equal(("20001", ("998.56", "839.13", "0", "159.44"), "EUR"), (trade.Id, trade.Money, trade.Currency));
        Assert.Equal(("20002", ("201.86", "169.63", "0", "32.24"), "EUR"), (shop.Id, shop.Money, shop.Currency));
        Assert.Equal(At("2012-08-31T08:51:46+02:00"), shop.Time);
        Assert.Equal("in_progress", shop.Status);
        Assert.Empty(records.SelectMany(record => record.Errors));
    }

    [SkippableSamples]
    public async Task The_same_orders_with_decimal_commas_in_another_encoding_are_the_same_events()
    {
        var plain = await new ExportProbe(Shopware).ReadAsync(In("shopware-main-orders.csv"));
        var other = await new ExportProbe([.. Shopware, "shopware-csv/encoding=windows-1252", "shopware-csv/decimalMark=,"])
            .ReadAsync(In("derived/shopware-main-orders.win1252-decimalcomma.csv"));

        Assert.Equal(Texts(plain), Texts(other));
    }

    [SkippableSamples]
    public async Task Bytes_that_do_not_decode_are_told_and_not_replaced()
    {
        var records = await new ExportProbe(Shopware).ReadAsync(In("derived/shopware-main-orders.win1252-decimalcomma.csv"));

        Assert.Equal([ReasonCodes.InvalidText, null, null, ReasonCodes.InvalidText], records.Select(record => record.Parked));
    }

    [SkippableSamples]
    public async Task Customers_of_Shopware_are_accounts()
    {
        var records = await new ExportProbe("shopware-customers-csv/phoneCountry=DE").ReadAsync(In("shopware-customers.csv"), "shopware-customers-csv");

        Assert.Equal(["120005", "120006", "120007", "120008"], records.Select(record => record.Events.Single().Json.At("user.id")?.Trim('"')));
        Assert.All(records, record => Assert.Equal(("sign_up", ExportProbe.Received.ToUnixTimeMilliseconds()), (record.Events.Single().Name, record.Events.Single().Time)));
        Assert.All(records, record => Assert.DoesNotContain("hash", record.Events.Single().Json.GetRawText().Replace("consistent_anonymous_id", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [SkippableSamples]
    public async Task Totals_of_order_lines_are_exact_before_they_are_rounded()
    {
        var records = await new ExportProbe().ReadAsync(In("fr-commandes.csv"));

        var first = records[0].Purchase;
        Assert.Equal(("43659", ("20565.62", "20565.62", null, null), "EUR"), (first.Id, first.Money, first.Currency));
        Assert.Equal((12, 12, 26m), (records[0].Rows, first.Items, first.Pieces));
        Assert.Equal(At("2019-08-31T12:00:00+02:00"), first.Time);
        Assert.Equal(1500, records.Sum(record => record.Rows));
        AssertOrders(records, File.ReadLines(In("fr-commandes.csv")).Skip(1).Select(line => line.Split(',', 7)).Select(
            fields => (fields[0], Decimal(fields[5]) * Decimal(fields[6].Trim('"').Replace(',', '.')))));
    }

    [SkippableSamples]
    public async Task Invoices_that_take_something_back_are_refunds()
    {
        var records = await new ExportProbe().ReadAsync(In("uci-online-retail-head.csv"));

        var first = records[0].Purchase;
        Assert.Equal(("536365", ("139.12", "139.12", null, null), "GBP"), (first.Id, first.Money, first.Currency));
        Assert.Equal((7, 40m, At("2010-12-01T08:26:00Z")), (first.Items, first.Pieces, first.Time));
        var refund = Assert.Single(records.SelectMany(record => record.Events), made => made.Name == "refund");
        Assert.Equal(("C536383", ("4.65", "4.65", null, null), 1, 1m), (refund.Id, refund.Money, refund.Items, refund.Pieces));
        Assert.Equal(183, records.Sum(record => record.Rows));

        // Four rows of three invoices lack a field: each takes its whole invoice along.
        Assert.Equal(
            [(ReasonCodes.MalformedRow, 35, 121), (ReasonCodes.MalformedRow, 7, 172), (ReasonCodes.MalformedRow, 5, 179)],
            records.Where(record => record.Parked is not null).Select(record => (record.Parked!, record.Rows, (int)record.FaultLine)));
    }

    [SkippableSamples]
    public async Task Orders_by_their_total_and_by_a_word_for_what_became_of_them()
    {
        var orders = await new ExportProbe().ReadAsync(In("bestellungen.csv"));
        var states = await new ExportProbe().ReadAsync(In("generic-orders.csv"));

        Assert.Equal((8, 1110m), (orders.Count, Purchases(orders).Sum(made => made.Amount("value"))));
        Assert.Equal(At("2023-09-01T08:30:00+02:00"), orders[0].Purchase.Time);
        Assert.Equal(["1003", "1006", "1012"], states.Index().Where(one => one.Item.Skipped == "cancelled").Select(one => $"{1001 + one.Index}"));
        Assert.Equal(("1009", ("89.98", "89.98", null, null)), (states[8].Refund.Id, states[8].Refund.Money));
        Assert.Equal(12, Purchases(states).Count());
        Assert.Equal(("1001", "99.98", At("2024-01-05T12:00:00+03:00")), (states[0].Purchase.Id, states[0].Purchase.Money.Value, states[0].Purchase.Time));
    }

    [SkippableSamples]
    public async Task Items_of_an_order_are_its_revenue_and_freight_also_as_a_spreadsheet_saves_them_again()
    {
        var plain = await new ExportProbe().ReadAsync(In("olist-items.csv"));
        var other = await new ExportProbe("market-items/decimalMark=,").ReadAsync(In("derived/olist-items.utf8bom-semicolon.csv"));

        var order = Purchases(plain).Single(made => made.Id == "00bdcdda88e6b02977fc6ce3d412c600");
        Assert.Equal((("137.83", "118.90", "18.93", null), "BRL"), (order.Money, order.Currency));
        Assert.Equal(98, plain.Sum(record => record.Rows));
        AssertOrders(plain, Table("olist-items.csv").Select(row => (row["order_id"], Decimal(row["price"]))));
        Assert.Equal(Texts(plain), Texts(other));
    }

    [SkippableSamples]
    public async Task Orders_joined_with_their_items_and_payments_agree_with_both()
    {
        var records = await new ExportProbe().ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(Joined())), "joined.csv");

        Assert.Equal(2, records.Count);
        var order = Purchases(records).Single(made => made.Id == "00bdcdda88e6b02977fc6ce3d412c600");
        Assert.Equal((("137.83", "118.90", "18.93", null), "BRL", At("2018-06-12T09:51:55-03:00")), (order.Money, order.Currency, order.Time));
        Assert.All(Purchases(records), made => Assert.Equal(made.Amount("value"), made.Amount("revenue") + made.Amount("shipping_amount")));
    }

    [SkippableSamples]
    public async Task Leads_of_HubSpot_Salesforce_and_a_list()
    {
        var hubspot = await new ExportProbe("hubspot-csv/timeZone=UTC").ReadAsync(In("hubspot-contacts.csv"));
        var salesforce = await new ExportProbe("salesforce-csv/timeZone=UTC", "salesforce-csv/currency=USD").ReadAsync(In("salesforce-leads.csv"));
        var list = await new ExportProbe().ReadAsync(In("crm-leads.csv"));

        Assert.All(hubspot, record => Assert.True(record.Skipped == "not_a_lead" || record.Events.Single().Name == "generate_lead"));
        Assert.Equal(("CONT-03a4142c-188d-4855-ae0e-951b7f32137e", At("2024-08-18T12:00:00Z")), (hubspot[0].Events[0].Id, hubspot[0].Events[0].Time));
        Assert.Equal(12, salesforce.Count);
        Assert.Equal("75000", salesforce[0].Events.Single().Money.Value);
        Assert.Equal(6, salesforce.Count(record => record.Events.Single().Money.Value is not null));
        Assert.Equal([null, null, "bad_lead", null, "unidentified"], list.Select(record => record.Skipped));
        Assert.Equal("\"+919876543210\"", list[0].Events.Single().Json.At("user.phone"));
        Assert.Equal(At("2026-05-13T14:20:48+05:30"), list[0].Events.Single().Time);
    }

    /// <summary>What no profile is meant for is refused at its header, and not guessed at.</summary>
    [SkippableSamples]
    public async Task Every_other_file_is_refused_at_its_header()
    {
        foreach (var name in (string[])["fr-clients.csv", "fr-produits.csv", "olist-orders.csv", "olist-payments.csv", "shopware-customers.csv"])
        {
            var record = Assert.Single(await new ExportProbe().ReadAsync(In(name)));

            Assert.Equal((ReasonCodes.UnknownHeader, 1), (record.Parked, record.Line));
        }
    }

    [SkippableSamples]
    public void No_file_of_the_folder_is_left_out()
    {
        string[] tested =
        [
            "bestellungen.csv", "crm-leads.csv", "derived/olist-items.utf8bom-semicolon.csv", "derived/shopware-main-orders.win1252-decimalcomma.csv", "fr-clients.csv",
            "fr-commandes.csv", "fr-produits.csv", "generic-orders.csv", "hubspot-contacts.csv", "olist-items.csv", "olist-orders.csv", "olist-payments.csv",
            "salesforce-leads.csv", "shopify-orders_export.csv", "shopware-customers.csv", "shopware-main-orders.csv", "uci-online-retail-head.csv",
        ];

        Assert.Equal(tested, Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    private static string In(string name) => Path.Combine(Folder, name);

    private static IEnumerable<ExportEvent> Purchases(IEnumerable<ExportRecord> records) => records.SelectMany(record => record.Events).Where(made => made.Name == "purchase");

    private static IEnumerable<string> Texts(IEnumerable<ExportRecord> records) => records.SelectMany(record => record.Events.Select(made => made.Json.GetRawText()));

    private static long At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Each order once, with the sum of its lines rounded once.</summary>
    private static void AssertOrders(IReadOnlyList<ExportRecord> records, IEnumerable<(string Id, decimal Amount)> lines) => Assert.Equal(
        lines.GroupBy(line => line.Id).Select(order => (order.Key, Math.Round(order.Sum(line => line.Amount), 2, MidpointRounding.AwayFromZero))),
        records.Select(record => (record.Purchase.Id!, record.Purchase.Amount("revenue"))));

    /// <summary>What a query of the data team would give: items with their order and what was paid for it, where all three are there.</summary>
    private static string Joined()
    {
        var (orders, items) = (Table("olist-orders.csv"), Table("olist-items.csv"));
        var paid = Table("olist-payments.csv").GroupBy(row => row["order_id"]).ToDictionary(order => order.Key, order => order.Sum(row => Decimal(row["payment_value"])));
        string[] columns = ["order_id", "order_item_id", "product_id", "shipping_limit_date", "price", "freight_value"];
        var rows =
            from item in items
            join order in orders on item["order_id"] equals order["order_id"]
            where paid.ContainsKey(item["order_id"])
            select string.Join(',', [.. columns.Select(column => item[column]), order["order_purchase_timestamp"], order["customer_id"], paid[item["order_id"]].ToString(CultureInfo.InvariantCulture)]);
        return string.Join('\n', rows.Prepend(string.Join(',', [.. columns, "order_purchase_timestamp", "customer_id", "payments"])));
    }

    /// <summary>The rows of a file whose quoted fields hold nothing that needs their quotes.</summary>
    private static List<Dictionary<string, string>> Table(string name)
    {
        var lines = File.ReadLines(In(name)).Select(line => line.Replace("\"", "", StringComparison.Ordinal).Split(',')).ToList();
        return [.. lines.Skip(1).Select(fields => lines[0].Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
