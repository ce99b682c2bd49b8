using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Reports.Files;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;
using Cax.Core.Tests.Support;
using static Cax.Core.Tests.Reports.Files.FinishedRecords;

namespace Cax.Core.Tests.Reports.Files;

/// <summary>Reports of every kind of file, to be looked at and to be held against the schema.</summary>
internal static class ReportSamples
{
    private static readonly Outcome Refused = Outcome.Parked(ReasonCodes.Refused, "the endpoint refused this event alone with HTTP 400 while it accepted others", 400);

    public static readonly HashedIds Ids = new(new IdentityOptions { HashKey = "a key of these tests" });

    public static readonly FileFacts Facts = new()
    {
        Name = "exports/outlet/orders-2026-11-20.csv.gz",
        Key = "0123456789abcdef",
        Verdict = FileVerdict.Sent,
        Bytes = 12_345_678,
        Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        Layout = new FileLayout { Format = FileFormat.Csv, Separator = ';', IsGzip = true, Profile = Profile, Columns = ["order_id", "total"] },
        ProfileVersion = "5ad1c0ffee5ad1c0",
        Destination = "default",
        ReceivedAt = TestClock.Morning,
        StartedAt = TestClock.Morning.AddSeconds(4),
        EndedAt = TestClock.Morning.AddSeconds(204),
        Worked = TimeSpan.FromSeconds(200),
        Requests = 203,
        Batches = 201,
        BytesSent = 61_234_567,
        DeadLetters = "dead-letter",
    };

    public static IReadOnlyDictionary<string, FileReport> All { get; } = new Dictionary<string, FileReport>
    {
        ["sent"] = Of(Facts, Good(1_200)),
        ["sent-with-skips-and-warnings"] = Of(Facts, [.. Good(900), .. Skips(), .. Warned()]),
        ["sent-with-rejections"] = Of(
            Facts with
            {
                Verdict = FileVerdict.SentWithRejections,
                RepairFile = "dead-letter/repairs/files/outlet/orders-2026-11-20.csv.gz/20261121T090004Z-01234567/repair.csv",
                Runs = 3,
                RepairedBy = [new RelatedReport("exports/outlet/repair.csv", "files/outlet/repair.csv/20261121T101500Z-89abcdef", TestClock.Morning.AddHours(1))],
            },
            [.. Good(9_000), .. Skips(), .. Warned(), .. Rejections()]),
        ["all-rejected"] = Of(
            Facts with { Verdict = FileVerdict.SentWithRejections, RepairFile = "dead-letter/repairs/orders/repair.csv" },
            [.. Enumerable.Range(2, 12).Select(i => Faulty(i, ReasonCodes.MalformedRow, "the row has 5 fields, and the header 7"))]),
        ["refused"] = Of(
            Facts with
            {
                Verdict = FileVerdict.Refused,
                Why = "line 1, column 1 (byte 0): no profile knows these columns: Bestellnummer, Datum, Kunde, Summe. Draft one with cax profiles new --from FILE, name one with --profile, or give the path of the file a rule",
                Layout = new FileLayout { Format = FileFormat.Csv, Separator = ';' },
                ProfileVersion = null,
                Requests = 0, Batches = 0, BytesSent = 0, Worked = TimeSpan.FromMilliseconds(40),
            },
            [Faulty(1, ReasonCodes.UnknownHeader, "no profile knows these columns: Bestellnummer, Datum, Kunde, Summe. Draft one with cax profiles new --from FILE, name one with --profile, or give the path of the file a rule")]),
        ["empty"] = Of(Facts with { Verdict = FileVerdict.Empty, Bytes = 61, Requests = 0, Batches = 0, BytesSent = 0, Worked = TimeSpan.Zero }, []),
        ["repeated"] = Of(
            Facts with
            {
                Verdict = FileVerdict.Repeated, Why = "the same bytes were sent as exports/outlet/orders-2026-11-19.csv.gz", Requests = 0, Batches = 0, BytesSent = 0,
                SameAs = new RelatedReport("exports/outlet/orders-2026-11-19.csv.gz", "files/outlet/orders-2026-11-19.csv.gz/20261120T090004Z-fedcba98", TestClock.Morning.AddDays(-1)),
            },
            []),
        ["gone"] = Of(
            Facts with { Verdict = FileVerdict.Gone, Sha256 = null, Why = "the file was deleted or written anew before it was read to its end; a new version is sent when it is offered" },
            Good(5_000)),
        ["waiting"] = Of(
            Facts with { Verdict = FileVerdict.Waiting, Sha256 = null, Why = "the destination default does not answer (endpoint_unavailable)", Runs = 2 },
            [.. Good(5_000), .. Rejections().Take(3), .. Enumerable.Range(9_500, 40).Select(i => Returned(i))]),
        ["repair"] = Of(
            Facts with
            {
                Name = "exports/outlet/repair.csv", Bytes = 1_234,
                RepairOf = new RelatedReport("exports/outlet/orders-2026-11-20.csv.gz", "files/outlet/orders-2026-11-20.csv.gz/20261121T090004Z-01234567", TestClock.Morning),
            },
            [Sent(2)]),
        ["json"] = Of(
            Facts with
            {
                Name = "leads.ndjson", Verdict = FileVerdict.SentWithRejections, Layout = new FileLayout { Format = FileFormat.Json }, ProfileVersion = null,
                RepairFile = "dead-letter/repairs/leads.ndjson/repair.ndjson",
            },
            [
                Sent(1, new FinishedEvent(Event("generate_lead", """{"event_name":"generate_lead","id":"L-1"}"""), Outcome.Sent, [])),
                Faulty(2, ReasonCodes.MalformedJson, "expected a comma or }"),
            ]),
        ["two-hundred-kinds"] = Of(
            Facts with { Verdict = FileVerdict.SentWithRejections, RepairFile = "dead-letter/repairs/orders/repair.csv" },
            [.. Good(100), .. Kinds(230)]),
        ["hostile"] = Of(Hostile(), HostileRecords()),
        ["worst"] = Of(
            Facts with { Verdict = FileVerdict.SentWithRejections, RepairFile = "dead-letter/repairs/orders/repair.csv" },
            [.. Worst()]),
    };

    public static FileReport Of(FileFacts facts, IEnumerable<FinishedRecord> records, int blockRecords = 5_000)
    {
        var report = new FileReport(facts);
        foreach (var block in records.OrderBy(record => record.Record.Position.Offset).Chunk(blockRecords))
        {
            report.Add(Part(block));
        }

        return report;
    }

    public static byte[] Part(IEnumerable<FinishedRecord> records)
    {
        var part = new BlockReport(Ids);
        foreach (var record in records)
        {
            part.Add(record);
        }

        return part.Write();
    }

    /// <summary>Rows after the header, all sent: mostly purchases, some refunds.</summary>
    public static IEnumerable<FinishedRecord> Good(int count) => Enumerable.Range(2, count).Select(line => (line % 40) switch
    {
        0 => Sent(line, new FinishedEvent(Event("refund", $$"""{"event_name":"refund","id":"ORD-{{line}}","value":12.5,"revenue":10,"currency":"EUR"}"""), Outcome.Sent, [])),
        1 => Sent(line, new FinishedEvent(Purchase(line, "5300", "4800", "JPY"), Outcome.Sent, [])),
        _ => Sent(line),
    });

    private static IEnumerable<FinishedRecord> Skips() =>
    [
        .. Enumerable.Range(20_000, 70).Select(line => Skipped(line, "unpaid")),
        .. Enumerable.Range(21_000, 5).Select(line => Skipped(line, "test_order")),
        .. Enumerable.Range(22_000, 9).Select(line => new FinishedRecord(
            At(line), Outcome.Skipped(ReasonCodes.Duplicate), Profile, [], [new FinishedEvent(Purchase(line), Outcome.Skipped(ReasonCodes.Duplicate), [])])),
    ];

    private static IEnumerable<FinishedRecord> Warned() =>
    [
        .. Enumerable.Range(30_000, 33).Select(line => Sent(
            line,
            new FinishedEvent(Purchase(line), Outcome.Sent, [Warning("CAX022", "$.user", "nothing identifies the person: without id or email the event cannot be reconciled")]))),
        .. Enumerable.Range(31_000, 2).Select(line => Sent(
            line,
            new FinishedEvent(Purchase(line), Outcome.Sent, [Warning("CAX031", $"$.items[{line % 7}].discount", "the sum differs from value by 0.02")]))),
    ];

    private static IEnumerable<FinishedRecord> Rejections() =>
    [
        .. Enumerable.Range(9_300, 7).Select(line => Faulty(line, ReasonCodes.MalformedRow, $"the row has {line % 3} fields, and the header 7")),
        .. Enumerable.Range(40_000, 600).Select(line => Parked(
            line, ReasonCodes.ConsentUnknown, "nothing says what the person consented to",
            Error(ReasonCodes.ConsentUnknown, "$.consent", "Nothing says what the person consented to. Send the granted categories, or [] for none."))),
        .. Enumerable.Range(41_000, 60).Select(line => Invalid(
            line,
            Error("CAX041", $"$.items[{line % 5}].product.price", "must be a number: money is not written as text"),
            Error("CAX032", "$.currency", "currency must be three upper-case letters (ISO 4217), such as EUR"))),
        .. Enumerable.Range(42_000, 2).Select(line => Faulty(line, ReasonCodes.GroupAgain, $"the rows of this group ended at line {line - 500}: sort the file by its key")),
        new FinishedRecord(
            At(43_000) with
            {
                Utf8 = default,
                Reference = new RecordReference(new string('a', 64), default),
                Fault = new RecordFault(
                    ReasonCodes.RecordTooLarge,
                    "the record has 10485760 bytes, above the limit of 1048576 (Cax__Sources__MaxRecordBytes); only a reference to it is kept",
                    At(43_000).Position),
            },
            Outcome.Parked(ReasonCodes.RecordTooLarge, "the record is too large"), null, [], []),
        new FinishedRecord(At(44_000), Refused, Profile, [], [new FinishedEvent(Purchase(44_000), Refused, [])]),
    ];

    private static IEnumerable<FinishedRecord> Kinds(int count) => Enumerable.Range(0, count).SelectMany(kind => Enumerable.Range(0, 1 + (kind % 3)).Select(i => Invalid(
        1_000 + (kind * 10) + i, Error("CAX05" + (kind % 5), $"$.items[{i}].custom_{(char)('a' + (kind / 26))}{(char)('a' + (kind % 26))}", "must be a text"))));

    private static FileFacts Hostile() => Facts with
    {
        Verdict = FileVerdict.SentWithRejections,
        Name = "exports/<script>alert(1)</script>/\"><img src=x onerror=alert(1)>'/\u202Efdp.sredro\u202C/Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358algo/\u0000\u0007\r\n/שלום-עולם/\U0001F4A9" + new string('W', 300) + "/--><!--.csv",
        Why = "</p></header><style>*{display:none}</style> &amp; &lt; \u2028 javascript:alert(1)",
        RepairFile = "dead-letter/<b>bold</b>/" + new string('x', 400) + "/repair.csv",
        DeadLetters = "\"onmouseover=\"alert(1)",
        Destination = "{{constructor}}",
        RepairedBy = [new RelatedReport("<iframe src=//example.com>", "../../<svg onload=alert(1)>", TestClock.Morning)],
    };

    private static IEnumerable<FinishedRecord> HostileRecords() =>
    [
        Sent(2, new FinishedEvent(Event("</td><script>", """{"event_name":"x","value":999999999999.99,"currency":"<b>"}"""), Outcome.Sent, [])),
        Skipped(3, "<u>rule</u>"),
        Faulty(4, "<i>code</i>", "column \u202Esnmuloc\u202C of <b>" + new string('ק', 900)),
        Invalid(5, Error("CAX0<br>", "$['<img src=x>']" + new string('y', 500), "a message with no blank:" + new string('z', 900))),
    ];

    private static IEnumerable<FinishedRecord> Worst()
    {
        // Kinds are told apart by their words alone: their digits would make them one.
        static string Letters(int number) => string.Concat(number.ToString("D4", System.Globalization.CultureInfo.InvariantCulture).Select(digit => (char)('\u4E00' + digit)));
        return Enumerable.Range(0, 250).SelectMany(kind => Enumerable.Range(0, 60).Select(i => new FinishedRecord(
            At(1_000_000_000 + (kind * 1_000) + i),
            Outcome.Parked(ReasonCodes.InvalidEvent, "x"),
            Profile,
            [],
            [
                new FinishedEvent(
                    Purchase(i), Outcome.Parked(ReasonCodes.InvalidEvent, "x"),
                    [Error("CAX050", "$" + Letters(kind) + new string('界', 900), new string('"', 200) + new string('界', 900) + i.ToString(System.Globalization.CultureInfo.InvariantCulture))]),
            ])));
    }
}
