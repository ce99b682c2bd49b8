using System.Text;
using System.Text.RegularExpressions;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Reports;
using Cax.Core.Reports.Files;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;
using static Cax.Core.Tests.Reports.Files.FinishedRecords;

namespace Cax.Core.Tests.Reports.Files;

public sealed class RepairTests
{
    private const string Key = "0123456789abcdef";

    private static readonly FileLayout Csv = new()
    {
        Format = FileFormat.Csv,
        Head = "order_id,total\r\n"u8.ToArray(),
        LineBreak = "\r\n",
        Columns = ["order_id", "total"],
    };

    private static readonly FileLayout Json = new() { Format = FileFormat.Json };

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "windows-1252", "iso-8859-1", "iso-8859-15"];

    [Fact]
    public void It_has_the_head_of_the_file_and_one_column_more()
    {
        var layout = Csv with { Head = "Export of today\r\n\r\norder_id,total\r\n"u8.ToArray(), HeaderStart = 19 };

        Assert.Equal($"Export of today\r\n\r\norder_id,total,cax_repair {Key}\r\n", Text(RepairFile.Begin(layout, Key)));
        Assert.Equal("repair.csv", RepairFile.NameOf(layout));
    }

    [Fact]
    public void It_begins_with_the_byte_order_mark_of_the_file()
    {
        var utf8 = RepairFile.Begin(Csv with { HasByteOrderMark = true }, Key);
        var utf16 = RepairFile.Begin(Csv with { HasByteOrderMark = true, Encoding = Encoding.Unicode }, Key);
        var json = RepairFile.Begin(Json with { HasByteOrderMark = true, Encoding = Encoding.BigEndianUnicode }, Key);

        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'o'], utf8.Take(4));
        Assert.Equal([0xFF, 0xFE, (byte)'o', 0], utf16.Take(4));
        Assert.Equal([0xFE, 0xFF], json);
        Assert.Empty(RepairFile.Begin(Json, Key));
        Assert.Equal("repair.ndjson", RepairFile.NameOf(Json));
    }

    [Fact]
    public void A_rejected_row_keeps_its_bytes_and_says_why()
    {
        var text = Piece(Csv, Rows(17, ("7, \"x\"\"y\" ,12.50\r\n", "the row has 3 fields, and the header has 2")).ParkedAs(ReasonCodes.MalformedRow, "line 17, column 1 (byte 90): the row has 3 fields"));

        Assert.Equal("7, \"x\"\"y\" ,12.50,\"[malformed_row] line 17: the row has 3 fields, and the header has 2\"\r\n", text);
    }

    [Fact]
    public void The_other_rows_of_a_group_say_to_which_they_belong()
    {
        var text = Piece(Csv, Rows(4, ("7,1\n", null), ("7,2,3\n", "the row has 3 fields, and the header has 2"), ("7,\"a\nb\"\n", null)).ParkedAs(ReasonCodes.MalformedRow, "x"));

        Assert.Equal(
            "7,1,\"belongs to line 5\"\n7,2,3,\"[malformed_row] line 5: the row has 3 fields, and the header has 2\"\n7,\"a\nb\",\"belongs to line 5\"\n", text);
    }

    [Fact]
    public void A_group_that_was_read_and_could_not_be_sent_says_so_at_its_first_row()
    {
        var text = Piece(Csv, Rows(4, ("7,1\r\n", (string?)null), ("7,2", null)).ParkedAs(ReasonCodes.ConsentUnknown, "nothing says what the person consented to"));

        Assert.Equal("7,1,\"[consent_unknown] line 4: nothing says what the person consented to\"\r\n7,2,\"belongs to line 4\"\r\n", text);
    }

    [Fact]
    public void What_is_wrong_with_one_row_of_a_group_is_told_at_its_own_line_in_the_repair_and_in_the_report()
    {
        var finding = Error(ReasonCodes.IncompleteRecord, "$.rows[1]", "Nothing was found for quantity.");
        var parked = Rows(4, ("7,\"a\nb\"\n", (string?)null), ("7,two\n", null)) is var record
            ? new FinishedRecord(record, Outcome.Parked(ReasonCodes.IncompleteRecord, "x"), null, [finding], [])
            : null!;

        var part = new BlockReport(new HashedIds(new()));
        part.Add(parked);
        var report = new FileReport(ReportSamples.Facts);
        report.Add(part.Write());

        Assert.Equal(
            "7,\"a\nb\",\"belongs to line 6\"\n7,two,\"[incomplete_record] line 6: $.rows[1]: Nothing was found for quantity.\"\n", Piece(Csv, parked));
        using var json = System.Text.Json.JsonDocument.Parse(report.WriteJson());
        Assert.Equal("[6]", json.RootElement.GetProperty("errors")[0].GetProperty("meta").GetProperty("line_numbers").GetRawText());
    }

    [Fact]
    public void All_that_is_wrong_with_a_record_is_told_up_to_five_things()
    {
        var findings = Enumerable.Range(0, 7).Select(i => Error("CAX04" + i, $"$.items[{i}].price", "must be a number")).ToArray();
        var invalid = Invalid(4, findings);

        var text = Piece(Csv, invalid with { Record = Rows(4, ("7,1\r\n", (string?)null)) });

        Assert.Equal(
            "7,1,\"[invalid_event] line 4: $.items[0].price: must be a number; $.items[1].price: must be a number; $.items[2].price: must be a number; "
            + "$.items[3].price: must be a number; $.items[4].price: must be a number; and 2 more\"\r\n",
            text);
    }

    [Theory]
    [InlineData("a \"quoted\" word", "a 'quoted' word")]
    [InlineData("a\r\nline", "a  line")]
    [InlineData("\u202Eturned", "\uFFFDturned")]
    public void A_reason_never_breaks_the_row(string detail, string told)
    {
        var text = Piece(Csv, Rows(4, ("7,1\r\n", (string?)null)).ParkedAs(ReasonCodes.ProfileRule, detail));

        Assert.Equal($"7,1,\"[profile_rule] line 4: {told}\"\r\n", text);
    }

    [Fact]
    public void A_reason_is_no_formula_to_a_spreadsheet()
    {
        var text = Piece(Csv, Rows(4, ("7,1\r\n", (string?)null), ("7,2\r\n", null)).ParkedAs(ReasonCodes.ProfileRule, "=1+1"));

        Assert.All(text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(",\"[\\[b]", line));
    }

    [Fact]
    public void Nothing_but_what_was_rejected_goes_in_and_nothing_of_which_the_text_is_not_there()
    {
        var reference = At(5) with { Reference = new RecordReference("00", default), Utf8 = default };
        var header = At(1) with { Fault = new RecordFault(ReasonCodes.UnknownHeader, "no profile knows these columns", At(1).Position) };
        var piece = new RepairPiece(Json, Key);
        FinishedRecord[] records = [Sent(2), Skipped(3, "draft"), Returned(4), reference.ParkedAs(ReasonCodes.RecordTooLarge, "x"), header.ParkedAs(ReasonCodes.UnknownHeader, "x")];

        Array.ForEach(records, piece.Add);

        Assert.Empty(piece.Write());
    }

    [Fact]
    public void A_json_record_stands_on_one_line_with_its_reason_first()
    {
        var record = At(3) with { Utf8 = "{ \"a\" : \"x \\\" \\\\\",\r\n  \"b\":\n[1, 2 ,\t3] }"u8.ToArray() };

        var text = Piece(Json, record.ParkedAs(ReasonCodes.UnknownPayload, "none of the \"shapes\""));

        Assert.Equal($$"""{"cax_repair":{"of":"{{Key}}","why":"[unknown_payload] line 3: none of the \"shapes\""}, "a" : "x \" \\","b":[1, 2 ,{{"\t"}}3] }""" + "\n", text);
    }

    [Theory]
    [InlineData("{}", """{"cax_repair":{"of":"0123456789abcdef","why":"[unknown_payload] line 3: x"}}""")]
    [InlineData("{ }", """{"cax_repair":{"of":"0123456789abcdef","why":"[unknown_payload] line 3: x"} }""")]
    [InlineData("[1,2]", """{"cax_repair":{"of":"0123456789abcdef","why":"[unknown_payload] line 3: x"},"broken":"[1,2]"}""")]
    public void A_json_record_without_members_or_that_is_no_object_has_a_line_too(string json, string line) =>
        Assert.Equal(line + "\n", Piece(Json, (At(3) with { Utf8 = Encoding.UTF8.GetBytes(json) }).ParkedAs(ReasonCodes.UnknownPayload, "x")));

    [Fact]
    public void Pieces_joined_are_one_big_piece_in_the_order_of_the_file()
    {
        var random = new Random(3);
        var records = Enumerable.Range(2, 400).Where(_ => random.Next(3) > 0).Select(line => random.Next(3) == 0
            ? Sent(line)
            : Rows(line, ($"{line},\"x\"\r\n", random.Next(2) == 0 ? "bad" : null)).ParkedAs(ReasonCodes.MalformedRow, "bad")).ToList();
        var whole = new RepairPiece(Csv, Key);
        Parallel.ForEach(records.OrderBy(_ => random.Next()).ToList(), whole.Add);

        var joined = new List<byte>();
        for (var at = 0; at < records.Count;)
        {
            var count = random.Next(1, 40);
            var piece = new RepairPiece(Csv, Key);
            records.Skip(at).Take(count).OrderBy(_ => random.Next()).ToList().ForEach(piece.Add);
            joined.AddRange(piece.Write());
            at += count;
        }

        Assert.Equal(Text(whole.Write()), Text([.. joined]));
        Assert.Equal(whole.Write().Length, joined.Count);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Repaired_rows_are_the_rows_of_the_file_byte_for_byte_in_every_encoding(string name)
    {
        var isUtf16 = name.StartsWith("utf-16", StringComparison.Ordinal);
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] Bytes(string text) => encoding.GetBytes(text);
        string[] rows = ["1,Zo\u00EB\r\n", "2,\"a \"\"b\"\", \u00A3\n\u00FF\"\r\n", "3\r\n", "4,ok,more\r\n", "5,\u00E9\r\n"];
        byte[] broken = name switch
        {
            "utf-8" => [.. Bytes("6,caf"), 0xE9, .. Bytes("\r\n")],
            "utf-16" => [.. Bytes("6,caf"), 0x00, 0xD8, .. Bytes("\r\n")],
            "utf-16BE" => [.. Bytes("6,caf"), 0xDC, 0x01, .. Bytes("\r\n")],
            "windows-1252" => [.. Bytes("6,caf"), 0x81, .. Bytes("\r\n")],
            _ => [.. Bytes("6,caf\u00E9\r\n")],
        };
        byte[] file = [.. isUtf16 ? encoding.GetPreamble() : [], .. Bytes("order_id,name\r\n"), .. rows.SelectMany(Bytes), .. broken];

        var (layout, records) = await ReadAsync(file, name);
        var piece = new RepairPiece(layout, Key);
        foreach (var record in records)
        {
            piece.Add(record.ParkedAs(record.Fault?.Reason ?? ReasonCodes.NoEvent, record.Fault?.Located ?? "no event is meant for it"));
        }

        // Taking the added column away gives the file again.
        byte[] repair = [.. RepairFile.Begin(layout, Key), .. piece.Write()];
        var plain = Cut(Cut(repair, Bytes(",\"["), Bytes("\""), Bytes("\r\n")), Bytes(",cax_repair "), [], Bytes("\r\n"));
        Assert.Equal(rows.Length + 1, records.Count);
        Assert.Equal(Convert.ToHexString(file), Convert.ToHexString(plain));

        // And the reader, which knows it as the repair, has the same records again.
        var (again, repaired) = await ReadAsync(repair, name);
        Assert.Equal(Key, again.RepairOf);
        Assert.Equal(layout.Columns, again.Columns);
        Assert.Equal(records.Select(record => record.Fault?.Reason), repaired.Select(record => record.Fault?.Reason));
        Assert.All(records.Zip(repaired), pair => Assert.Equal(Convert.ToHexString(pair.First.Utf8.Span), Convert.ToHexString(pair.Second.Utf8.Span)));
    }

    [Fact]
    public async Task The_repair_of_a_repair_is_that_of_the_rows_and_not_of_the_reasons()
    {
        var file = "order_id,name\n1,a\n2,\"b\n3,\"c\"x\n4\n5,e,f\n"u8.ToArray();
        var first = await RepairAsync(file, Key);

        var second = await RepairAsync(first, "fedcba9876543210");

        // What is wrong may be put in other words, since the reason stands behind it; it stands there once.
        static string Rows(byte[] repair) => Regex.Replace(Text(repair), ",(\"\\[[^\"]*\"|cax_repair [0-9a-f]{16})$", "", RegexOptions.Multiline);
        Assert.Equal(Text(file), Rows(first));
        Assert.Equal(Text(file), Rows(second));
        Assert.Contains("cax_repair fedcba9876543210", Text(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_swallows_no_other_row_of_the_repair()
    {
        var file = "order_id,name\n1,\"a\n2,\"b\n3,\"c\n4,d\n"u8.ToArray();

        var (_, records) = await ReadAsync(await RepairAsync(file, Key), "utf-8");

        Assert.Equal(4, records.Count);
        Assert.Equal([ReasonCodes.MalformedRow, ReasonCodes.MalformedRow, ReasonCodes.MalformedRow, null], records.Select(record => record.Fault?.Reason));
    }

    [Fact]
    public async Task A_spreadsheet_that_makes_all_rows_as_long_as_the_longest_repairs_none_of_them()
    {
        var repair = Text(await RepairAsync("order_id,name\n1\n2,a,b\n3,c\n"u8.ToArray(), Key)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([3, 2, 4, 3], repair.Select(Fields));

        var (layout, records) = await ReadAsync(Encoding.UTF8.GetBytes(string.Concat(repair.Select(row => row + new string(',', 4 - Fields(row)) + "\n"))), "utf-8");

        Assert.Equal(Key, layout.RepairOf);
        Assert.Equal(["order_id", "name"], layout.Columns);
        Assert.Equal([ReasonCodes.MalformedRow, ReasonCodes.MalformedRow, null], records.Select(record => record.Fault?.Reason));
        Assert.Contains("field 2 is still the reason", records[0].Fault!.Detail, StringComparison.Ordinal);

        static int Fields(string row) => Regex.Replace(row, "\"[^\"]*\"", "").Count(letter => letter == ',') + 1;
    }

    [Fact]
    public async Task Rows_of_an_order_that_was_sent_without_them_are_no_order_of_their_own_until_somebody_says_so()
    {
        var reason = "[group_again] line 9: rows of this group came before in the file";
        var file = $"lead_id,created_at,customer_id,cax_repair {Key}\nL-1,2026-11-20T10:00:00Z,C-1,\"{reason}\"\nL-2,2026-11-20T10:00:00Z,C-2,\n";

        await using var repair = await RecordFile.OpenAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(file)), "repair.csv", new SourceOptions(), ProfileCatalog.BuiltIn, MappingHints.None, CancellationToken.None);
        var records = await repair.ReadAsync(CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([ReasonCodes.GroupAgain, null], records.Select(record => record.Fault?.Reason));
        Assert.Contains("delete the reason", records[0].Fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repaired_json_is_read_as_the_records_that_it_was()
    {
        var file = "{\"id\":1,\n \"name\":\"Zo\u00EB \\\" x\"}\n{}\n{ \"a\":[1,{\"b\":\"c\\\\\"}]}\n"u8.ToArray();
        var (layout, records) = await ReadAsync(file, "orders.ndjson");
        var piece = new RepairPiece(layout, Key);
        records.ForEach(record => piece.Add(record.ParkedAs(ReasonCodes.UnknownPayload, "none of the shapes")));

        var (again, repaired) = await ReadAsync([.. RepairFile.Begin(layout, Key), .. piece.Write()], "repair.ndjson");

        Assert.Equal(Key, again.RepairOf);
        Assert.Equal(records.Select(record => Text(record.Utf8.ToArray()).Replace("\n ", "", StringComparison.Ordinal)), repaired.Select(record => Text(record.Utf8.ToArray())));
    }

    [Fact]
    public async Task Broken_json_stays_broken_until_somebody_repairs_it()
    {
        var file = "{\"id\":1}\n{\"id\":2\n{\"id\":\"\\q\u0001 \\\"}\n"u8.ToArray();
        var (layout, records) = await ReadAsync(file, "orders.ndjson");
        var piece = new RepairPiece(layout, Key);
        records.ForEach(record => piece.Add(record.ParkedAs(record.Fault?.Reason ?? ReasonCodes.UnknownPayload, record.Fault?.Located ?? "none of the shapes")));

        var (_, repaired) = await ReadAsync(piece.Write(), "repair.ndjson");

        Assert.Equal([null, ReasonCodes.MalformedJson, ReasonCodes.MalformedJson], repaired.Select(record => record.Fault?.Reason));
        Assert.Equal(records.Select(record => Text(record.Utf8.ToArray())), repaired.Select(record => Text(record.Utf8.ToArray())));
    }

    [Fact]
    public void A_file_without_a_header_keeps_its_rows_as_they_are()
    {
        var layout = Csv with { Head = default };

        Assert.Empty(RepairFile.Begin(layout, Key));
        Assert.Equal("7,1\r\n", Piece(layout, Rows(4, ("7,1\r\n", (string?)null)).ParkedAs(ReasonCodes.NoEvent, "x")));
    }

    private static string Piece(FileLayout layout, FinishedRecord record)
    {
        var piece = new RepairPiece(layout, Key);
        piece.Add(record);
        return Text(piece.Write());
    }

    private static async Task<byte[]> RepairAsync(byte[] file, string key)
    {
        var (layout, records) = await ReadAsync(file, "utf-8");
        var piece = new RepairPiece(layout, key);
        records.ForEach(record => piece.Add(record.ParkedAs(record.Fault?.Reason ?? ReasonCodes.NoEvent, record.Fault?.Detail ?? "no event is meant for it")));
        return [.. RepairFile.Begin(layout, key), .. piece.Write()];
    }

    private static async Task<(FileLayout Layout, List<Core.Sources.Record> Records)> ReadAsync(byte[] file, string name)
    {
        var isJson = name.EndsWith(".ndjson", StringComparison.Ordinal);
        var catalog = isJson ? ProfileCatalog.BuiltIn : ProfileCatalog.Of([new ProfileDocument("plain.profile.json", Encoding.UTF8.GetBytes(
            $$"""
            {
              "profile": "plain", "version": 1, "title": "Any rows", "input": { "format": "csv", "csv": { "encoding": "{{(name == "utf-16BE" ? "utf-16" : name)}}" } },
              "events": [{ "event": "sign_up", "time": { "timestamp": "$.name" }, "set": { "user.id": "$.order_id" } }]
            }
            """))]);
        var hints = isJson ? MappingHints.None : new MappingHints(new ProfileChoice("plain", ProfileRule.Property), MessageProperties.None);
        await using var read = await RecordFile.OpenAsync(
            new MemoryStream(file), isJson ? name : "orders.csv", new SourceOptions(), catalog, hints, CancellationToken.None);
        return (read.Layout, await read.ReadAsync(CancellationToken.None).ToListAsync());
    }

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);

    /// <summary>Cuts out everything from a beginning to the next end; what follows the end stays.</summary>
    private static byte[] Cut(byte[] bytes, byte[] beginning, byte[] end, byte[] following)
    {
        var left = new List<byte>();
        var at = 0;
        while (bytes.AsSpan(at).IndexOf(beginning) is var next and >= 0)
        {
            left.AddRange(bytes.AsSpan(at, next));
            at += next;
            at += bytes.AsSpan(at).IndexOf([.. end, .. following]) + end.Length;
        }

        left.AddRange(bytes.AsSpan(at));
        return [.. left];
    }
}
