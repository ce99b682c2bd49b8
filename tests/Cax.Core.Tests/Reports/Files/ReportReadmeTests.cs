using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cax.Core.Reports.Files;
using static Cax.Core.Tests.Reports.Files.FinishedRecords;
using static Cax.Core.Tests.Reports.Files.ReportSamples;

namespace Cax.Core.Tests.Reports.Files;

/// <summary>The README shows a report as it is written.</summary>
public sealed partial class ReportReadmeTests
{
    [Fact]
    public void Its_report_is_the_report_of_such_a_file()
    {
        var repair = "dead-letter/repairs/files/outlet/orders.csv/20261121T090004Z-01234567/repair.csv";
        var report = Of(
            Facts with
            {
                Name = "exports/outlet/orders.csv", Verdict = FileVerdict.SentWithRejections, Bytes = 412, RepairFile = repair,
                Layout = Facts.Layout! with { IsGzip = false }, Requests = 1, Batches = 1, BytesSent = 498, Worked = TimeSpan.FromSeconds(0.2),
            },
            [
                Sent(2),
                Faulty(3, ReasonCodes.MalformedRow, "the row has 2 fields, and the header has 3"),
                Faulty(7, ReasonCodes.MalformedRow, "the row has 4 fields, and the header has 3"),
                Skipped(9, "draft"),
                Invalid(10, Error("CAX041", "$.items[2].product.price", "must be a number")),
            ]);

        var shown = Shape().Match(Repository.Read("README.md"));

        Assert.True(shown.Success);
        var actual = System.Text.Encoding.UTF8.GetString(report.WriteJson());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(shown.Groups[1].Value), JsonNode.Parse(actual)), actual);
    }

    [GeneratedRegex("<!-- shape: report.json -->\n```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shape();
}
