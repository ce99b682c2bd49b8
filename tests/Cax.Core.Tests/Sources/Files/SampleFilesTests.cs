using System.Text.Json;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources.Files;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Sources.Files;

/// <summary>
/// Every export file and every torture file of the folder of samples is read as its page says. Examples of the same shapes stand in the tests beside.
/// </summary>
public sealed class SampleFilesTests
{
    private const string ByOrderId = """{"groupBy": ["order_id"]}""";

    private static readonly Export[] Exports =
    [
        new("bestellungen.csv", ',', 6, 8, 8, 1, ("Bestellnummer", "1001")),
        new("crm-leads.csv", ',', 15, 5, 5, 1, ("email", "john.doe@example.com")),
        new("fr-clients.csv", ',', 3, 635, 635, 1, ("Prenom", "Catherine")),
        new("fr-commandes.csv", ',', 7, 1_500, 154, 29, ("Prix Unitaire", "2024,994")) { Csv = """{"groupBy": ["ID Commande"]}""" },
        new("fr-produits.csv", ',', 7, 295, 295, 1, ("Nom Produit", "HL Road Frame - Black, 58")),
        new("generic-orders.csv", ',', 7, 15, 15, 1, ("Price", "49.99")),
        new("hubspot-contacts.csv", ',', 20, 8, 8, 1, ("Phone Number", "416-810-9897x752")),
        new("olist-items.csv", ',', 7, 98, 88, 4, ("freight_value", "25.51")) { Csv = ByOrderId },
        new("olist-orders.csv", ',', 8, 175, 175, 1, ("order_status", "invoiced")),
        new("olist-payments.csv", ',', 5, 89, 89, 1, ("payment_value", "233.66")) { Csv = ByOrderId },
        new("salesforce-leads.csv", ',', 17, 12, 12, 1, ("lead_id", "SF001")),
        new("shopify-orders_export.csv", ',', 79, 23, 9, 4, ("Name", "#1001")) { Csv = """{"groupBy": ["Name"]}""" },
        new("shopware-customers.csv", ';', 32, 4, 4, 1, ("encoder", "bcrypt")),
        new("shopware-main-orders.csv", ';', 46, 4, 4, 1, ("currency", "EUR")),

        // Four of its lines lack a comma, two of them in one invoice.
        new("uci-online-retail-head.csv", ',', 8, 183, 23, 35, ("UnitPrice", "2.55")) { Csv = """{"groupBy": ["InvoiceNo"]}""", BadLines = [121, 172, 179] },
        new("derived/olist-items.utf8bom-semicolon.csv", ';', 7, 98, 88, 4, ("price", "109,90")) { Csv = ByOrderId },
        new("derived/shopware-main-orders.win1252-decimalcomma.csv", ';', 46, 4, 4, 1, ("currency", "EUR")) { Csv = """{"encoding": "windows-1252"}""" },
    ];

    [SkippableSamples]
    public async Task Every_export_file_is_read_row_by_row()
    {
        var folder = Path.Combine(SkippableSamplesAttribute.Folder!, "exports");
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal);
        Assert.Equal(files, Exports.Select(one => one.File).Order(StringComparer.Ordinal));
        foreach (var one in Exports)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, one.File));
            foreach (var given in (byte[][])[bytes, RowFiles.Gzip(bytes)])
            {
                var file = await RowFiles.ReadAsync(given, one.File, RowFiles.Catalog(RowFiles.Document(one.Csv)), "rows");

                var rows = file.Records.Select(record => record.Rows!.Rows.Count).ToList();
                Assert.Equal(
                    (one.File, one.Separator, one.Columns, one.Rows, one.Records, one.Largest),
                    (one.File, file.Layout.Separator, file.Layout.Columns.Count, rows.Sum(), rows.Count, rows.Max()));
                Assert.Equal(one.BadLines, file.Bad.Select(record => record.Fault!.At.Line));
                var first = one.Csv.Contains("groupBy", StringComparison.Ordinal) ? file.Good.First().Rows()[0] : file.Good.First().Row();
                Assert.Equal(one.First.Text, first[one.First.Column]);

                // All of the file is in the head and in the rows, in the bytes that it has.
                var again = new System.Buffers.ArrayBufferWriter<byte>();
                file.Layout.Encode(file.Layout.Head.Span, again);
                file.Records.ForEach(record => file.Layout.Encode(record.Rows!.Text.Span, again));
                Assert.Equal(file.Layout.HasByteOrderMark ? bytes[3..] : bytes, again.WrittenSpan.ToArray());
            }
        }
    }

    [SkippableSamples]
    public async Task The_public_spectrum_of_csv_is_read_as_its_answers_say()
    {
        var folder = Path.Combine(SkippableSamplesAttribute.Folder!, "torture", "csv-spectrum");
        var files = Directory.GetFiles(Path.Combine(folder, "csvs"));
        Assert.Equal(12, files.Length);
        foreach (var path in files)
        {
            var file = await RowFiles.ReadAsync(await File.ReadAllBytesAsync(path), "export.csv", RowFiles.Catalog(RowFiles.Document()), "rows");
            var answer = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "json", Path.GetFileNameWithoutExtension(path) + ".json"))).RootElement;

            Assert.Empty(file.Bad);
            if (answer.ValueKind == JsonValueKind.Array)
            {
                Assert.Equal(answer.EnumerateArray().Select(Members), file.Good.Select(record => Members(JsonDocument.Parse(record.Utf8).RootElement)));
            }
            else
            {
                // This one answer speaks of another phone number, and of two columns only.
                Assert.Equal(answer.GetProperty("Location Coordinates").GetString(), Assert.Single(file.Good).Row()["Location Coordinates"]);
            }
        }
    }

    [SkippableSamples]
    public async Task The_public_json_test_suite_is_read_as_its_names_say_and_never_taken_for_rows()
    {
        var files = Directory.GetFiles(Path.Combine(SkippableSamplesAttribute.Folder!, "torture", "json-test-suite"));
        Assert.Equal(139, files.Length);
        foreach (var path in files)
        {
            var name = Path.GetFileName(path);
            var bytes = await File.ReadAllBytesAsync(path);
            foreach (var given in (byte[][])[bytes, RowFiles.Gzip(bytes)])
            {
                var file = await RowFiles.ReadAsync(given, path, ProfileCatalog.BuiltIn);

                Assert.Equal((FileFormat.Json, name), (file.Layout.Format, name));
                Assert.Equal((name.StartsWith("n_", StringComparison.Ordinal), name), (file.Bad.Any(), name));
                Assert.All(file.Bad, record => Assert.True(record.Fault!.At is { Line: > 0, Column: > 0 }, name));
                Assert.True(file.Records.Count > 0, name);
            }
        }
    }

    private static string Members(JsonElement row) => string.Join('|', row.EnumerateObject().Select(member => $"{member.Name}={member.Value.GetString()}"));

    private sealed record Export(string File, char Separator, int Columns, int Rows, int Records, int Largest, (string Column, string Text) First)
    {
        public string Csv { get; init; } = "{}";

        /// <summary>The first bad line of each record that has one.</summary>
        public long[] BadLines { get; init; } = [];
    }
}
