using System.Globalization;
using System.Text;
using System.Text.Json;
using Cax.Core.Reports.Files;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using NJsonSchema;
using static Cax.Core.Tests.Reports.Files.FinishedRecords;
using static Cax.Core.Tests.Reports.Files.ReportSamples;

namespace Cax.Core.Tests.Reports.Files;

public sealed class FileReportTests
{
    private static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.FromJsonAsync(Repository.Read("src/Cax.Core/Reports/Files/cax-file-report.v1.schema.json")).GetAwaiter().GetResult());

    public static TheoryData<string> Samples => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Its_json_is_as_the_schema_says(string name)
    {
        var json = Encoding.UTF8.GetString(All[name].WriteJson());

        Assert.Empty(Schema.Value.Validate(json).Select(error => error.ToString()));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Its_accounts_balance(string name)
    {
        var report = All[name];
        var root = Json(report);
        var meta = root.GetProperty("meta");

        Assert.Equal(0, report.Records.Open);
        Assert.Equal(report.Records.Sent, root.GetProperty("data").GetProperty("accepted_object_count").GetInt64());
        Assert.Equal(report.Records.DeadLettered, root.GetProperty("data").GetProperty("rejected_object_count").GetInt64());
        foreach (var (tally, total) in new[] { ("records", "read"), ("events", "mapped"), ("without_amount", "read") })
        {
            Assert.Equal(Number(meta, tally, total), Number(meta, tally, "sent") + Number(meta, tally, "dead_lettered") + Number(meta, tally, "skipped") + Number(meta, tally, "returned"));
        }

        foreach (var outcome in new[] { "dead_lettered", "skipped", "returned" })
        {
            Assert.Equal(Number(meta, "records", outcome), meta.GetProperty("reasons").GetProperty(outcome).EnumerateObject().Sum(reason => reason.Value.GetInt64()));
        }

        foreach (var row in meta.GetProperty("money").EnumerateArray())
        {
            foreach (var amount in new[] { "value", "revenue" })
            {
                var parts = new[] { "sent", "dead_lettered", "skipped", "returned" }.Sum(outcome => Amount(row, outcome, amount));
                Assert.Equal(Amount(row, "read", amount), parts);
            }
        }
    }

    [Fact]
    public void Parts_in_any_split_give_the_same_report()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var records = Enumerable.Range(2, random.Next(1, 120)).Select(line => Any(random, line)).ToList();
            var whole = Of(Facts, records, int.MaxValue);
            var report = new FileReport(Facts);
            for (var at = 0; at < records.Count;)
            {
                var count = random.Next(0, 30);
                report.Add(Part(records.Skip(at).Take(count).OrderBy(_ => random.Next())));
                at += count;
            }

            Assert.Equal(Encoding.UTF8.GetString(whole.WriteJson()), Encoding.UTF8.GetString(report.WriteJson()));
            Assert.Equal(Encoding.UTF8.GetString(whole.WritePage()), Encoding.UTF8.GetString(report.WritePage()));
        }
    }

    [Fact]
    public void A_part_does_not_depend_on_the_order_in_which_records_and_their_events_were_finished()
    {
        var random = new Random(7);
        var records = Enumerable.Range(2, 300).Select(line => Any(random, line)).ToList();
        var shuffled = records.OrderBy(_ => random.Next()).Select(record => record with { Events = [.. record.Events.Reverse()] });
        var part = new BlockReport(Ids);

        Parallel.ForEach(shuffled, part.Add);

        Assert.Equal(Encoding.UTF8.GetString(Part(records)), Encoding.UTF8.GetString(part.Write()));
    }

    [Fact]
    public void Errors_that_differ_only_in_numbers_are_one_kind_and_examples_tell_them_apart()
    {
        var report = Of(Facts,
        [
            Faulty(4, ReasonCodes.MalformedRow, "the row has 5 fields, and the header has 7"),
            Faulty(9, ReasonCodes.MalformedRow, "the row has 9 fields, and the header has 7"),
            Faulty(12, ReasonCodes.MalformedRow, "byte 3 is not UTF-8"),
        ]);

        var errors = Json(report).GetProperty("errors");

        Assert.Equal(2, errors.GetArrayLength());
        Assert.Equal("malformed_row", errors[0].GetProperty("code").GetString());
        Assert.Equal("the row has … fields, and the header has 7", errors[0].GetProperty("detail").GetString());
        Assert.Equal([4L, 9L], Lines(errors[0]));
        Assert.Equal("line 9: the row has 9 fields, and the header has 7", errors[0].GetProperty("meta").GetProperty("examples")[1].GetString());
        Assert.Equal("byte 3 is not UTF-8", errors[1].GetProperty("detail").GetString());
    }

    [Fact]
    public void A_finding_is_told_with_its_rule_and_with_its_property_without_the_numbers_of_elements()
    {
        var report = Of(Facts, [Invalid(3, Error("CAX041", "$.items[0].product.price", "must be a number"), Error("CAX041", "$.items[12].product.price", "must be a number"))]);

        var error = Assert.Single(Json(report).GetProperty("errors").EnumerateArray());

        Assert.Equal(1, error.GetProperty("meta").GetProperty("error_count").GetInt64());
        Assert.Equal("invalid_event", error.GetProperty("code").GetString());
        Assert.Equal("$.items[*].product.price", error.GetProperty("meta").GetProperty("property").GetString());
        Assert.Equal("CAX041", error.GetProperty("meta").GetProperty("rule").GetString());
        Assert.Equal("line 3: $.items[0].product.price: must be a number", error.GetProperty("meta").GetProperty("examples")[0].GetString());
    }

    [Fact]
    public void A_record_that_breaks_several_rules_is_in_several_kinds_and_once_among_the_reasons()
    {
        var report = Of(Facts, [Invalid(3, Error("CAX032", "$.currency", "a"), Error("CAX041", "$.value", "b"), Warning("CAX022", "$.user", "c"))]);

        var root = Json(report);

        Assert.Equal(2, root.GetProperty("errors").GetArrayLength());
        Assert.Equal(1, root.GetProperty("meta").GetProperty("reasons").GetProperty("dead_lettered").GetProperty("invalid_event").GetInt64());
        Assert.Equal(0, root.GetProperty("meta").GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public void In_strict_mode_warnings_are_the_reasons()
    {
        var report = Of(Facts, [Invalid(3, Warning("CAX022", "$.user", "nothing identifies the person"))]);

        Assert.Equal("CAX022", Assert.Single(Json(report).GetProperty("errors").EnumerateArray()).GetProperty("meta").GetProperty("rule").GetString());
    }

    [Fact]
    public void A_fault_is_told_at_its_own_line()
    {
        var fault = new RecordFault(ReasonCodes.MalformedRow, "the row has 5 fields", new RecordPosition(8, 1, 700, 0));
        var report = Of(Facts, [new FinishedRecord(At(6) with { Fault = fault }, Outcome.Parked(fault.Reason, fault.Located), null, [], [])]);

        var error = Assert.Single(Json(report).GetProperty("errors").EnumerateArray());

        Assert.Equal([8L], Lines(error));
        Assert.Equal("the row has 5 fields", error.GetProperty("detail").GetString());
    }

    [Fact]
    public void Of_ten_thousand_and_more_lines_the_first_are_told_and_all_are_counted()
    {
        var report = Of(Facts, Enumerable.Range(1, 12_000).Select(line => Faulty(line, ReasonCodes.MalformedJson, "expected a comma or }")));

        var error = Assert.Single(Json(report).GetProperty("errors").EnumerateArray());

        Assert.Equal(12_000, error.GetProperty("meta").GetProperty("error_count").GetInt64());
        Assert.Equal(Enumerable.Range(1, 10_000).Select(line => (long)line), Lines(error));
        Assert.Equal(2_000, error.GetProperty("meta").GetProperty("line_numbers_omitted").GetInt64());
    }

    [Fact]
    public void Beyond_two_hundred_kinds_the_others_are_counted_together()
    {
        var errors = Json(All["two-hundred-kinds"]).GetProperty("errors");

        Assert.Equal(201, errors.GetArrayLength());
        Assert.Equal("other", errors[200].GetProperty("code").GetString());
        Assert.Equal(0, errors[200].GetProperty("meta").GetProperty("line_numbers").GetArrayLength());
        Assert.Equal(
            All["two-hundred-kinds"].Records.DeadLettered,
            errors.EnumerateArray().Sum(error => error.GetProperty("meta").GetProperty("error_count").GetInt64()));
    }

    [Fact]
    public void Ids_are_hashed_and_neither_they_nor_values_stand_anywhere_in_clear()
    {
        var records = Enumerable.Range(1, 30).Select(line => Invalid(line, Error("CAX032", "$.currency", "currency must be three letters"))).ToList();
        var report = Of(Facts, records);

        var ids = Json(report).GetProperty("errors")[0].GetProperty("meta").GetProperty("ids").EnumerateArray().Select(id => id.GetString()!).ToList();

        Assert.Equal(Enumerable.Range(1, 20).Select(line => Ids.Of($"ORD-{line}")), ids);
        Assert.All(new[] { Part(records), report.WriteJson(), report.WritePage() }, bytes => Assert.DoesNotContain("ORD-", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal));
    }

    [Fact]
    public void Money_is_added_up_exactly_for_each_event_and_currency_and_outcome()
    {
        var refused = Outcome.Parked(ReasonCodes.Refused, "refused");
        var report = Of(Facts,
        [
            Sent(1, new FinishedEvent(Purchase(1, "0.1", "0.30000000000000004"), Outcome.Sent, [])),
            Sent(2, new FinishedEvent(Purchase(2, "0.2", "0.1"), Outcome.Sent, [])),
            Sent(3, new FinishedEvent(Purchase(3, "1500", "1200", "JPY"), Outcome.Sent, [])),
            Sent(4, new FinishedEvent(Event("refund", """{"event_name":"refund","id":"R","value":3,"revenue":2.5,"currency":"EUR"}"""), Outcome.Sent, [])),
            new FinishedRecord(At(5), refused, Profile, [], [new FinishedEvent(Purchase(5, "999999999999.99", "1"), refused, [])]),
            Skipped(6, "draft"),
        ]);

        var meta = Json(report).GetProperty("meta");
        var rows = meta.GetProperty("money").EnumerateArray().ToDictionary(row => $"{row.GetProperty("event").GetString()} {row.GetProperty("currency").GetString()}");

        Assert.Equal(["purchase EUR", "purchase JPY", "refund EUR"], rows.Keys);
        Assert.Equal("0.30", rows["purchase EUR"].GetProperty("sent").GetProperty("value").GetString());
        Assert.Equal("0.40000000000000004", rows["purchase EUR"].GetProperty("sent").GetProperty("revenue").GetString());
        Assert.Equal("999999999999.99", rows["purchase EUR"].GetProperty("dead_lettered").GetProperty("value").GetString());
        Assert.Equal("1000000000000.29", rows["purchase EUR"].GetProperty("read").GetProperty("value").GetString());
        Assert.Equal("1500", rows["purchase JPY"].GetProperty("sent").GetProperty("value").GetString());
        Assert.Equal("2.50", rows["refund EUR"].GetProperty("sent").GetProperty("revenue").GetString());
        Assert.Equal(1, Number(meta, "without_amount", "skipped"));
        Assert.Equal(1, Number(meta, "without_amount", "read"));
    }

    [Fact]
    public void An_amount_that_is_not_there_or_cannot_be_added_up_is_counted_and_a_currency_that_is_none_is_not_told()
    {
        var report = Of(Facts,
        [
            Sent(1, new FinishedEvent(Purchase(1, "5", "1e20"), Outcome.Sent, [])),
            Sent(2, new FinishedEvent(Event("generate_lead", """{"event_name":"generate_lead","value":120,"currency":"jane@example.com"}"""), Outcome.Sent, [])),
            Sent(3, new FinishedEvent(Event("generate_lead", """{"event_name":"generate_lead"}"""), Outcome.Sent, [])),
        ]);

        var meta = Json(report).GetProperty("meta");
        var lead = meta.GetProperty("money")[0];
        var purchase = meta.GetProperty("money")[1];

        Assert.False(lead.TryGetProperty("currency", out _));
        Assert.Equal("120.00", lead.GetProperty("sent").GetProperty("value").GetString());
        Assert.Equal(1, lead.GetProperty("sent").GetProperty("without_revenue").GetInt64());
        Assert.Equal("0.00", purchase.GetProperty("sent").GetProperty("revenue").GetString());
        Assert.Equal(1, purchase.GetProperty("sent").GetProperty("without_revenue").GetInt64());
        Assert.Equal(1, Number(meta, "without_amount", "sent"));
    }

    [Fact]
    public void A_record_of_which_one_event_was_sent_and_one_parked_is_rejected_and_its_money_told_apart()
    {
        var refused = Outcome.Parked(ReasonCodes.Refused, "the endpoint refused this event alone with HTTP 400 while it accepted others", 400);
        var record = new FinishedRecord(At(2), refused, Profile, [], [new FinishedEvent(Purchase(1, "10", "8"), Outcome.Sent, []), new FinishedEvent(Purchase(2, "20", "16"), refused, [])]);
        var report = Of(Facts, [record]);

        var root = Json(report);

        Assert.Equal(1, report.Records.DeadLettered);
        Assert.Equal(1, Number(root.GetProperty("meta"), "events", "sent"));
        Assert.Equal("10.00", root.GetProperty("meta").GetProperty("money")[0].GetProperty("sent").GetProperty("value").GetString());
        Assert.Equal(400, root.GetProperty("errors")[0].GetProperty("meta").GetProperty("http_status").GetInt32());
    }

    [Fact]
    public void Of_a_record_that_is_left_for_another_run_nothing_else_is_told()
    {
        var parked = Outcome.Parked(ReasonCodes.Refused, "refused");
        var returned = Outcome.Returned(ReasonCodes.EndpointUnavailable, "the endpoint answered with HTTP 503");
        var report = Of(Facts, [new FinishedRecord(At(2), returned, Profile, [], [new FinishedEvent(Purchase(1), parked, []), new FinishedEvent(Purchase(2), returned, [])])]);

        var root = Json(report);

        Assert.Equal(0, root.GetProperty("errors").GetArrayLength());
        Assert.Equal("endpoint_unavailable", Assert.Single(root.GetProperty("meta").GetProperty("returned").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public void What_the_repair_file_cannot_hold_is_told_apart()
    {
        var repair = Json(All["sent-with-rejections"]).GetProperty("meta").GetProperty("repair");

        Assert.Equal(1, repair.GetProperty("records_not_in_it").GetInt64());
        Assert.Equal(All["sent-with-rejections"].Records.DeadLettered - 1, repair.GetProperty("records").GetInt64());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"version":2}""")]
    [InlineData("""{"version":1,"records":{"sent":"five"}}""")]
    [InlineData("""{"version":1,"kinds":[{"key":{"list":"Rejected"}}]}""")]
    [InlineData("""{"version":1,"surprise":1}""")]
    [InlineData("""{"version":1,"kinds":null}""")]
    public void What_is_no_part_is_refused_as_such(string part) =>
        Assert.Throws<FormatException>(() => new FileReport(Facts).Add(Encoding.UTF8.GetBytes(part)));

    [Fact]
    public void A_part_that_was_cut_off_anywhere_is_refused()
    {
        var part = Part([Faulty(4, ReasonCodes.MalformedRow, "the row has 5 fields"), Sent(5)]);

        for (var length = 0; length < part.Length; length++)
        {
            Assert.Throws<FormatException>(() => new FileReport(Facts).Add(part.AsMemory(0, length)));
        }
    }

    [Fact]
    public async Task It_agrees_with_the_accounts_of_the_run()
    {
        var rig = new PipelineRig();
        var delivery = new ReportedDelivery(Enumerable.Range(0, 300).Select(i => i % 7 == 0 ? null : i % 11 == 0 ? Leads.Event(Leads.Id(1)) : Leads.Event(Leads.Id(i))));

        var run = await rig.RunAsync(delivery);

        var report = new FileReport(Facts);
        report.Add(delivery.Report.Write());
        var meta = Json(report).GetProperty("meta");
        Assert.Equal(run.Accounts.Records, report.Records);
        Assert.True(report.Records is { Sent: > 0, DeadLettered: > 0, Skipped: > 0 });
        Assert.Equal(run.Accounts.Events.Total, Number(meta, "events", "mapped"));
        Assert.Equal(
            run.Accounts.Reasons.OrderBy(reason => reason.Key, StringComparer.Ordinal),
            meta.GetProperty("reasons").EnumerateObject().SelectMany(outcome => outcome.Value.EnumerateObject())
                .Select(reason => KeyValuePair.Create(reason.Name, reason.Value.GetInt64())).OrderBy(reason => reason.Key, StringComparer.Ordinal));
    }

    /// <summary>Whatever may become of a record.</summary>
    private static FinishedRecord Any(Random random, int line)
    {
        var findings = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => Error("CAX0" + random.Next(1, 4), $"$.items[{random.Next(3)}].price", $"must be at most {random.Next(1, 3)}")).ToArray();
        return random.Next(9) switch
        {
            0 => Faulty(line, ReasonCodes.MalformedRow, $"the row has {random.Next(3, 6)} fields, and the header has 7"),
            1 => Invalid(line, findings),
            2 => Skipped(line, random.Next(2) == 0 ? "draft" : "unpaid"),
            3 => Returned(line),
            4 => Parked(line, ReasonCodes.ConsentUnknown, "nothing says what the person consented to"),
            5 => Sent(line, new FinishedEvent(Purchase(line, "1.10", "1"), Outcome.Sent, [Warning("CAX022", "$.user", "nothing identifies the person")])),
            6 => Sent(line, new FinishedEvent(Purchase(line), Outcome.Sent, []), new FinishedEvent(Purchase(line + 1, "7"), Outcome.Skipped(ReasonCodes.Duplicate), [])),
            7 => Sent(line, new FinishedEvent(Purchase(line, random.Next(1_000).ToString(CultureInfo.InvariantCulture), "2", random.Next(2) == 0 ? "GBP" : "KWD"), Outcome.Sent, [])),
            _ => Sent(line),
        };
    }

    private static JsonElement Json(FileReport report) => JsonDocument.Parse(report.WriteJson()).RootElement;

    private static long Number(JsonElement meta, string tally, string name) =>
        meta.GetProperty(tally).TryGetProperty(name, out var number) ? number.GetInt64() : 0;

    private static decimal Amount(JsonElement row, string outcome, string amount) =>
        decimal.Parse(row.GetProperty(outcome).GetProperty(amount).GetString()!, CultureInfo.InvariantCulture);

    private static IEnumerable<long> Lines(JsonElement error) => error.GetProperty("meta").GetProperty("line_numbers").EnumerateArray().Select(line => line.GetInt64());

    /// <summary>A file of leads, of which some lines cannot be read, and its report.</summary>
    private sealed class ReportedDelivery(IEnumerable<string?> leads) : SourceDelivery
    {
        public BlockReport Report { get; } = new(Ids);

        public override string SourceName => "shop";

        public override string Name => "leads.ndjson";

        public override string Identity => Name;

        public override string Destination => Core.Delivery.Destination.DefaultName;

        public override DateTimeOffset ReceivedAt => TestClock.Morning;

        public override bool WantsRecords => true;

        public override IAsyncEnumerable<Core.Sources.Record> ReadAsync(CancellationToken cancellation) => leads.Select((lead, i) => At(i + 1) with
        {
            Utf8 = Encoding.UTF8.GetBytes(lead ?? "{"),
            Fault = lead is null ? new RecordFault(ReasonCodes.MalformedJson, "the line ends too early", At(i + 1).Position) : null,
        }).ToAsyncEnumerable();

        public override void Finished(FinishedRecord record) => Report.Add(record);

        public override ValueTask SettleAsync(Outcome outcome, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
