using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Mapping.Profiles;

/// <summary>
/// What becomes of the messages that real systems send: a table of all of them, kept beside this test, and the totals that were worked out by hand from
/// the same figures. Set <c>CAX_ACCEPT</c> to 1 to write the table anew, and read the difference.
/// </summary>
public class SampleMappingTests
{
    private static readonly string[] NotMessages = ["exports", "torture"];

    private static readonly DateTimeOffset Arrival = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly RecordMapper Mapper = new(new MappingOptions
    {
        Identity = new IdentityOptions { HashKey = "samples" },
        General = new SourceMapping { Consent = new ConsentOptions { Policy = ConsentPolicy.Omit } },
    });

    private static readonly EventValidator Validator = new(new EventOptions(), consentAsNumbers: false, TimeProvider.System);

    [SkippableSamples]
    public async Task Every_message_has_the_result_that_was_reviewed()
    {
        var table = new StringBuilder()
            .AppendLine("# What becomes of the sample messages").AppendLine()
            .AppendLine("Made by `SampleMappingTests`; consent policy `omit`, no message properties, arrival on 2026-11-01 at noon (UTC). Times in milliseconds.").AppendLine()
            .AppendLine("| message | profile | result | id | revenue | shipping | tax | value | currency | time | items |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var file in Messages())
        {
            var records = await ReadAsync(file);
            for (var i = 0; i < records.Count; i++)
            {
                var name = Path.GetRelativePath(SkippableSamplesAttribute.Folder!, file).Replace('\\', '/') + (records.Count == 1 ? "" : Invariant($" ({i + 1})"));
                AddRows(table, name, records[i], Origin);
            }
        }

        var place = Path.Combine(Repository.Root, "tests/Cax.Core.Tests/Mapping/Profiles/samples.md");
        if (Environment.GetEnvironmentVariable("CAX_ACCEPT") == "1")
        {
            await File.WriteAllTextAsync(place, table.ToString(), TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(place, TestContext.Current.CancellationToken), table.ToString());
    }

    /// <summary>The totals of the field tables that came with the samples, worked out from the messages by hand.</summary>
    [Theory]
    [InlineData("woocommerce/order-727.json", "727", "18.00", "10.00", "1.35", "29.35", "USD", 1490210882000)]
    [InlineData("woocommerce/order-with-five-refunds.json", "18", "24.99", "0.00", "0.00", "24.99", "USD", 1779440370000)]
    [InlineData("shopify/orders-create.live-shop.json", "5778367414385", "600.00", null, "0.00", "600.00", "USD", 1730861689000)]
    [InlineData("shopify/refunds-create.2024-10.json", "820982911946154500", "398.00", null, "0", "398.00", "USD", 1640995200000)]
    [InlineData("magento/order-3-bundle.json", "000000003", "160", "5", "0", "165", "USD", 1503354139000)]
    [InlineData("bigcommerce/order-100.json", "100", "109.00", "0.00", "0.00", "109.00", "KES", 1781784304000)]
    [InlineData("commercetools/order.json", "92f5a867-bf19-47ab-982c-6720a03a3921", "10.00", null, "1.00", "11.00", "EUR", 1483559689797)]
    [InlineData("sfcc/order-00022108.json", "00022108", "73.06", "0.00", "9.50", "82.56", "GBP", 1679441062160)]
    [InlineData("segment/order-completed.json", "50314b8e9bcf000000000000", "22.50", "3", "2", "27.50", "USD", 1793534400000)]
    [InlineData("ga4/purchase.json", "T_12345", "12.21", "3.33", "1.11", "16.65", "USD", 1650950229000)]
    public void The_totals_are_those_that_were_worked_out_by_hand(
        string message, string id, string revenue, string? shipping, string tax, string value, string currency, long time)
    {
        Assert.SkipWhen(!Directory.Exists(SkippableSamplesAttribute.Folder), "CAX_SAMPLES names no folder of samples.");
        var @event = JsonElement.Parse(Assert.Single(Map(Enriched(message)).Events).Utf8.Span);

        Assert.Equal(id, @event.GetProperty("id").GetString());
        Assert.Equal(Amount(revenue), Amount(@event, "revenue"));
        Assert.Equal(Amount(shipping), Amount(@event, "shipping_amount"));
        Assert.Equal(Amount(tax), Amount(@event, "tax_amount"));
        Assert.Equal(Amount(value), Amount(@event, "value"));
        Assert.Equal(currency, @event.GetProperty("currency").GetString());
        Assert.Equal(time, @event.GetProperty("context").GetProperty("event_timestamp").GetInt64());
    }

    /// <summary>An order of BigCommerce comes without its products: who sends it reads them and puts them in.</summary>
    private static byte[] Enriched(string message)
    {
        var utf8 = File.ReadAllBytes(Path.Combine(SkippableSamplesAttribute.Folder!, message));
        if (message != "bigcommerce/order-100.json")
        {
            return utf8;
        }

        var order = JsonNode.Parse(utf8)!;
        order["products"] = JsonNode.Parse(File.ReadAllBytes(Path.Combine(SkippableSamplesAttribute.Folder!, "bigcommerce/order-100-products.json")));
        return Encoding.UTF8.GetBytes(order.ToJsonString());
    }

    private static readonly RecordOrigin Origin = new("default", Arrival);

    private static MapResult Map(ReadOnlyMemory<byte> record) => Mapper.Map(record, Origin);

    private static IEnumerable<string> Messages() => Directory
        .EnumerateFiles(SkippableSamplesAttribute.Folder!, "*.*json", SearchOption.AllDirectories)
        .Where(file => !NotMessages.Contains(Path.GetRelativePath(SkippableSamplesAttribute.Folder!, file).Split('/', '\\')[0]))
        .Order(StringComparer.Ordinal);

    private static async Task<List<ReadOnlyMemory<byte>>> ReadAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        return await new JsonRecordReader(new SourceOptions()).ReadAsync(stream, TestContext.Current.CancellationToken).Select(record => record.Utf8).ToListAsync();
    }

    private static void AddRows(StringBuilder table, string name, ReadOnlyMemory<byte> record, RecordOrigin origin)
    {
        var result = Mapper.Map(record, origin);
        for (var i = 0; i < result.Parts.Count; i++)
        {
            AddRows(table, Invariant($"{name} [{i}]"), result.Parts[i].Utf8, origin.OfParts(result));
        }

        var profile = result.Profile is { } choice ? $"{choice.Name}, by {choice.By.ToString().ToLowerInvariant()}" : "";
        foreach (var one in result.Events)
        {
            var findings = new List<Finding>();
            Validator.Validate(one.Utf8, findings);
            var wrong = findings.Where(finding => finding.Severity == Severity.Error).Select(finding => $"{finding.Code} {finding.Path}").ToList();
            var outcome = wrong.Count == 0 ? one.Name : $"parked: {one.Name}, invalid_event, {string.Join(", ", wrong)}";
            var json = JsonElement.Parse(one.Utf8.Span);
            var items = json.TryGetProperty("items", out var list) ? list.GetArrayLength().ToString(CultureInfo.InvariantCulture) : "";
            table.AppendLine(
                $"| {name} | {profile} | {outcome} | {Text(json, "id")} | {Text(json, "revenue")} | {Text(json, "shipping_amount")} | {Text(json, "tax_amount")} | {Text(json, "value")} | {Text(json, "currency")} | {one.Timestamp} | {items} |");
        }

        if (result.ParkedBecause is { } reason)
        {
            var missing = result.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Path).Distinct();
            table.AppendLine($"| {name} | {profile} | {$"parked: {reason} {string.Join(", ", missing)}".TrimEnd()} | | | | | | | | |");
        }
        else if (result.SkippedBy is { } rule)
        {
            table.AppendLine($"| {name} | {profile} | skipped: {rule} | | | | | | | | |");
        }
    }

    private static string Text(JsonElement @event, string name) =>
        @event.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : "";

    private static decimal? Amount(JsonElement @event, string name) => @event.TryGetProperty(name, out var value) ? value.GetDecimal() : null;

    private static decimal? Amount(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
