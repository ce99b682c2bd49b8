using System.Text.Json;
using System.Text.RegularExpressions;
using Cax.Cli.Tests.Support;
using Cax.Simulator;

namespace Cax.Cli.Tests.LargeFiles;

/// <summary>A large file with bad rows in it, and the repair that brings it to the full count.</summary>
public sealed partial class BadRowTests : IDisposable
{
    private const int Orders = 50_000;
    private const string Header = "order_id,ordered_at,currency,payment_method,value,revenue,tax,shipping,customer_id,consent,item_id,item_name,item_quantity,item_price";

    private readonly Folder _folder = new();

    [Fact]
    public async Task A_thousand_bad_rows_among_a_hundred_thousand_are_told_line_by_line_and_their_repair_sends_the_rest()
    {
        // Two rows an order. Names hold line breaks now and then, so lines and rows differ.
        var lines = new List<string> { Header };
        var line = 2;
        var expected = new List<int>();
        for (var i = 0; i < Orders; i++)
        {
            for (var row = 0; row < 2; row++)
            {
                var name = i % 97 == 5 ? "\"Shirt,\nlinen\"" : "Shirt";
                var isBad = i % 50 == 11 && row == 1;
                lines.Add(isBad ? Row(i, name, row).Replace(",1,20.00", "", StringComparison.Ordinal) : Row(i, name, row));
                if (isBad)
                {
                    expected.Add(line);
                }

                line += i % 97 == 5 ? 2 : 1;
            }
        }

        var path = _folder.In("orders.csv");
        await File.WriteAllTextAsync(path, string.Join("\r\n", lines) + "\r\n");
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());

        var first = await SendAsync(twin, path);

        Assert.Equal(1_000, expected.Count);
        Assert.Equal((Orders, Orders - 1_000, 1_000), (first.Number("read"), first.Number("sent"), first.Number("deadLettered")));
        using var report = Report(first);
        Assert.Equal(expected, Lines(report));
        var repair = first.Json.GetProperty("files")[0].GetProperty("repair").GetString()!;
        var broken = await File.ReadAllTextAsync(repair);
        Assert.Equal(2_000, Count(broken, "\r\n") - 1);
        Assert.Equal(1_000, Count(broken, "belongs to line"));

        // A person adds what is missing and drops the file back.
        var repaired = _folder.In("orders-repaired.csv");
        await File.WriteAllTextAsync(repaired, string.Join("\r\n", broken.Split("\r\n").Select(Repaired)));
        var second = await SendAsync(twin, repaired);

        Assert.Equal((1_000, 1_000, 0), (second.Number("read"), second.Number("sent"), second.Number("deadLettered")));
        Assert.Equal(Orders, twin.Summary().DistinctIds);
        using var other = Report(second);
        Assert.Equal(
            Orders,
            report.RootElement.GetProperty("data").GetProperty("accepted_object_count").GetInt32() + other.RootElement.GetProperty("data").GetProperty("accepted_object_count").GetInt32());
        using var told = Report(first);
        Assert.Contains("orders-repaired.csv", told.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("orders.csv", other.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Row(int order, string name, int row) => FormattableString.Invariant(
        $"O-{order},2026-11-20T10:00:00Z,EUR,card,48.90,40.00,4.00,4.90,C-{order},1|3,SKU-{row},{name},1,20.00");

    /// <summary>The row that lacks quantity and price gets them back; the others stay as they are.</summary>
    private static string Repaired(string row) =>
        row.Contains("belongs to line", StringComparison.Ordinal) ? row : LastName().Replace(row, "$1,1,20.00,");

    [GeneratedRegex("(SKU-1,(?:Shirt|\"Shirt,\nlinen\")),")]
    private static partial Regex LastName();

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static JsonDocument Report(CliResult result) => JsonDocument.Parse(File.ReadAllText(
        result.Json.GetProperty("files")[0].GetProperty("report").GetString()!.Replace("report.html", "report.json", StringComparison.Ordinal)));

    private static List<int> Lines(JsonDocument report) =>
    [
        .. report.RootElement.GetProperty("errors").EnumerateArray()
            .SelectMany(error => error.GetProperty("meta").GetProperty("line_numbers").EnumerateArray()).Select(line => line.GetInt32()).Order(),
    ];

    private Task<CliResult> SendAsync(CaxTwin twin, string path)
    {
        var cli = Terminal.For(twin.Url);
        cli["Cax__Delivery__RequestsPerSecond"] = "500";
        return cli.RunAsync("send", path, "--json", "--dead-letters", _folder.DeadLetters, "--report", _folder.In("reports"));
    }
}
