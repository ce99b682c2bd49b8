using System.Text;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Sources.Files;

/// <summary>What a file is recognised as, and what becomes of one that is not.</summary>
public sealed class RecordFileTests
{
    private static readonly ProfileCatalog Shop = RowFiles.Catalog(RowFiles.Document("{}", """{"present": "$['Order no']"}""", "shop"));

    [Theory]
    [InlineData("x.csv", "{\"a\":1}\n{\"a\":2}\n", FileFormat.Json)]
    [InlineData("x.csv", " \n[{\"a\":1}]", FileFormat.Json)]
    [InlineData("x.csv", "[ true,\nfalse]", FileFormat.Json)]
    [InlineData("x.csv", "[name],city\nAnn,Ulm\n", FileFormat.Csv)]
    [InlineData("x.csv", "{name},city\nAnn,Ulm\n", FileFormat.Csv)]
    [InlineData("x.csv", "name\nAnn\n", FileFormat.Csv)]
    [InlineData("x.TSV.gz", "name\nAnn\n", FileFormat.Csv)]
    [InlineData("x.txt", "name\nAnn\n", FileFormat.Csv)]
    [InlineData("x.tab", "name\nAnn\n", FileFormat.Csv)]
    [InlineData("x.json", "\"a, b\"\n", FileFormat.Json)]
    [InlineData("x.ndjson", "\"a, b\"\n\"c\"\n", FileFormat.Json)]
    [InlineData("x.json", "name,city\nAnn,Ulm\n", FileFormat.Csv)]
    [InlineData("x.jsonl.gz", "\"name\";\"city\"\r\n\"Ann\";\"Ulm\"", FileFormat.Csv)]
    [InlineData("x.json", "{name},city\nAnn,Ulm\n", FileFormat.Json)]
    [InlineData("x.json", "name,city\n", FileFormat.Json)]
    [InlineData("standard input", "name,city\nAnn,Ulm\n", FileFormat.Csv)]
    [InlineData("standard input", "\n\nname;city", FileFormat.Csv)]
    [InlineData("export", "name\nAnn\n", FileFormat.Json)]
    [InlineData("export", "12\n", FileFormat.Json)]
    public async Task Content_comes_before_the_name(string name, string text, FileFormat format)
    {
        foreach (var piece in (int[])[1, 2, 3, int.MaxValue])
        {
            Assert.Equal(format, (await RowFiles.ReadAsync(Encoding.UTF8.GetBytes(text), name, Shop, piece: piece)).Layout.Format);
        }
    }

    [Fact]
    public async Task The_profile_that_is_asked_for_says_what_the_file_is()
    {
        var json = await RowFiles.ReadAsync("Order no,b\n1,2\n"u8.ToArray(), "x.csv", Shop, asked: "shopify");
        var rows = await RowFiles.ReadAsync("{\"a\":1}\n{\"b\":1}\n"u8.ToArray(), "x.json", Shop, asked: "shop");

        Assert.Equal(FileFormat.Json, json.Layout.Format);
        Assert.Equal(new ProfileChoice("shopify", ProfileRule.Path), json.Layout.Profile);
        Assert.Equal(FileFormat.Csv, rows.Layout.Format);
        Assert.All(rows.Records, record => Assert.Null(record.Profile));
    }

    [Fact]
    public async Task The_one_profile_that_knows_the_header_is_on_every_record()
    {
        var file = await RowFiles.ReadAsync("Order no,b\n1,2\n3\n"u8.ToArray(), "x.csv", Shop);

        var choice = new ProfileChoice("shop", ProfileRule.Header);
        Assert.Equal(choice, file.Layout.Profile);
        Assert.Equal([choice, choice], file.Records.Select(record => record.Profile));
    }

    [Fact]
    public async Task Each_profile_is_asked_about_the_header_as_it_reads_it()
    {
        var profiles = RowFiles.Catalog(
            RowFiles.Document("""{"skipLines": 1, "delimiter": ";", "encoding": "windows-1252"}""", """{"present": "$.Größe"}""", "german"),
            RowFiles.Document("{}", """{"present": "$.taille"}""", "french"));

        var file = await RowFiles.ReadAsync(Encoding.Latin1.GetBytes("Stand: heute, 8 Uhr\nNr,x;Größe\n1;süß\n"), "x.csv", profiles);

        Assert.Equal("german", file.Layout.Profile!.Name);
        Assert.Equal("windows-1252", file.Layout.Encoding.WebName);
        Assert.Equal("süß", Assert.Single(file.Good).Row()["Größe"]);
    }

    [Fact]
    public async Task A_header_that_nobody_knows_is_one_fault_that_says_what_to_do()
    {
        var columns = Enumerable.Range(1, 25).Select(i => $"column {i}").Prepend(new string('x', 70)).Prepend("a\u0007\u202Eb");

        var file = await RowFiles.ReadAsync(Encoding.UTF8.GetBytes($"\n{string.Join(';', columns)}\n1;2\n3;4\n"), "x.csv", Shop);

        var fault = Assert.Single(file.Records).Fault!;
        Assert.Equal((ReasonCodes.UnknownHeader, new RecordPosition(2, 1, 1, 0)), (fault.Reason, fault.At));
        Assert.Contains($"its columns are ab, {new string('x', 60)}…, column 1, ", fault.Detail, StringComparison.Ordinal);
        Assert.Contains("column 18 and 7 more", fault.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("column 19", fault.Detail, StringComparison.Ordinal);
        Assert.All((string[])["cax profiles new --from FILE", "--profile", "Cax__Exports__Paths", "skipLines"], word => Assert.Contains(word, fault.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_stands_where_a_header_should_is_not_told_when_it_looks_like_data_of_a_person()
    {
        var file = await RowFiles.ReadAsync("L-1;ada@example.com;+33 6 39 98 12 34;open\n2;b;c;d\n"u8.ToArray(), "x.csv", Shop);

        Assert.Contains(
            "its columns are L-1, (a value, not a name), (a value, not a name), open.", Assert.Single(file.Records).Fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_several_profiles_know_is_one_fault_that_names_them()
    {
        var profiles = RowFiles.Catalog(
            RowFiles.Document("{}", """{"present": "$.a"}""", "one"), RowFiles.Document("""{"delimiter": ","}""", """{"present": "$.b"}""", "two"));

        var file = await RowFiles.ReadAsync("a,b\n1,2\n"u8.ToArray(), "x.csv", profiles);

        var fault = Assert.Single(file.Records).Fault!;
        Assert.Equal(ReasonCodes.AmbiguousProfile, fault.Reason);
        Assert.Contains("one, two", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_that_is_not_there_or_is_broken_is_one_fault()
    {
        var profiles = ProfileCatalog.Of([new ProfileDocument("broken.profile.json", "{"u8.ToArray())]);

        var unknown = await RowFiles.ReadAsync("a,b\n1,2\n"u8.ToArray(), "x.csv", profiles, asked: "nobody");
        var broken = await RowFiles.ReadAsync("a,b\n1,2\n"u8.ToArray(), "x.csv", profiles, asked: "broken");

        Assert.Equal(ReasonCodes.UnknownProfile, Assert.Single(unknown.Records).Fault!.Reason);
        Assert.Equal(ReasonCodes.InvalidProfile, Assert.Single(broken.Records).Fault!.Reason);
    }

    [Theory]
    [InlineData("""{"groupBy": ["Order"]}""", "a,b\n1,2\n", "unknown_header", "by the column Order, which the header lacks; its columns are a, b")]
    [InlineData("""{"skipLines": 5}""", "a,b\n1,2\n", "unknown_header", "skipLines 5")]
    [InlineData("{}", "a,\"b\n1,2\n", "unknown_header", "never closed")]
    [InlineData("{}", "", "empty_input", "nothing")]
    [InlineData("{}", "\n \n,,\n", "empty_input", "nothing")]
    [InlineData("{}", "PK\u0003\u0004rest,of\nit,all\n", "unknown_header", "workbook")]
    [InlineData("{}", "a\0,\0b\0\n\0", "invalid_text", "utf-16")]
    public async Task A_file_whose_header_cannot_be_used_is_one_fault(string csv, string text, string reason, string detail)
    {
        var fault = Assert.Single((await RowFiles.ReadAsync(text, csv)).Records).Fault!;

        Assert.Equal(reason, fault.Reason);
        Assert.Contains(detail, fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_does_not_decode_is_refused()
    {
        var file = await RowFiles.ReadAsync(Encoding.Latin1.GetBytes("Größe,b\n1,2\n"), "x.csv", ProfileCatalog.BuiltIn);

        var fault = Assert.Single(file.Records).Fault!;
        Assert.Equal(ReasonCodes.InvalidText, fault.Reason);
        Assert.Contains("windows-1252", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_without_rows_is_no_record() => Assert.Empty((await RowFiles.ReadAsync("a,b\n")).Records);

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    public async Task A_byte_order_mark_tells_the_encoding_of_rows_and_of_json(string encoding, bool hasMark)
    {
        var writes = Encoding.GetEncoding(encoding);
        byte[] Bytes(string text) => [.. hasMark ? writes.GetPreamble() : [], .. writes.GetBytes(text)];

        foreach (var piece in (int[])[1, 3, 7, int.MaxValue])
        {
            var rows = await RowFiles.ReadAsync(Bytes("Order no,\u00e9\r\n1,\u20ac \ud83d\ude00\r\n2,z"), "x.csv", Shop, piece: piece);
            var json = await RowFiles.ReadAsync(Bytes("{\"a\":\"\u20ac \ud83d\ude00\"}\n7"), "x.json", Shop, piece: piece);

            Assert.Equal("\u20ac \ud83d\ude00", rows.Good.First().Row()["\u00e9"]);
            Assert.Equal((2, hasMark ? 16 : 13), (rows.Records.Count, (int)rows.Records[0].Position.Offset));
            Assert.Equal((writes.WebName, hasMark), (rows.Layout.Encoding.WebName, rows.Layout.HasByteOrderMark));
            Assert.Equal("Order no,\u00e9\r\n", Encoding.UTF8.GetString(rows.Layout.Head.Span));
            Assert.Equal(["{\"a\":\"\u20ac \ud83d\ude00\"}", "7"], json.Records.Select(RowFiles.Text));
        }
    }

    [Theory]
    [InlineData("windows-1252", new byte[] { 0x80, 0xE9 }, "\u20ac\u00e9")]
    [InlineData("iso-8859-1", new byte[] { 0x80, 0xE9 }, "\u0080\u00e9")]
    [InlineData("iso-8859-15", new byte[] { 0xA4, 0xE9 }, "\u20ac\u00e9")]
    [InlineData("utf-16", new byte[] { 0xAC, 0x20, 0xE9, 0x00 }, "\u20ac\u00e9")]
    public async Task The_encoding_of_a_profile_counts_where_there_is_no_mark(string name, byte[] value, string text)
    {
        var encoding = FileEncoding.Of(name).Standard;
        byte[] bytes = [.. encoding.GetBytes("a,b\n1,"), .. value, .. encoding.GetBytes("\n")];

        var file = await RowFiles.ReadAsync(bytes, $$"""{"encoding": "{{name}}"}""");

        Assert.Equal(text, Assert.Single(file.Good).Row()["b"]);
        Assert.Equal(name, file.Layout.Encoding.WebName);
    }

    [Theory]
    [InlineData("windows-1252", new byte[] { 0x78, 0x81 })]
    [InlineData("utf-16", new byte[] { 0x78, 0x00, 0x3D, 0xD8 })]
    [InlineData("utf-16", new byte[] { 0x3D, 0xDE, 0x78, 0x00 })]
    [InlineData("utf-8", new byte[] { 0xED, 0xA0, 0xBD })]
    public async Task What_does_not_decode_is_a_bad_row_whose_bytes_can_be_made_again(string name, byte[] value)
    {
        var encoding = FileEncoding.Of(name).Standard;
        byte[] bad = [.. encoding.GetBytes("1,"), .. value, .. encoding.GetBytes("\n")];

        var file = await RowFiles.ReadAsync([.. encoding.GetBytes("a,b\n"), .. bad, .. encoding.GetBytes("2,\u00e9\n")], $$"""{"encoding": "{{name}}"}""");

        Assert.Equal("\u00e9", Assert.Single(file.Good).Row()["b"]);
        var record = Assert.Single(file.Bad);
        Assert.Equal(ReasonCodes.InvalidText, record.Fault!.Reason);
        var again = new System.Buffers.ArrayBufferWriter<byte>();
        file.Layout.Encode(record.Rows!.Text.Span, again);
        Assert.Equal(bad, again.WrittenSpan.ToArray());
    }

    [Fact]
    public async Task A_file_of_gzip_is_looked_through_whatever_it_is_called()
    {
        var rows = "Order no,b\n1,2\n"u8.ToArray();
        foreach (var piece in (int[])[1, 5, int.MaxValue])
        {
            var file = await RowFiles.ReadAsync(RowFiles.Gzip(rows), "x.csv", Shop, piece: piece);
            var members = await RowFiles.ReadAsync([.. RowFiles.Gzip(rows[..13]), .. RowFiles.Gzip(rows[13..])], "x", Shop, piece: piece);
            var json = await RowFiles.ReadAsync(RowFiles.Gzip("{\"a\":1}\n[2]"u8.ToArray()), "x.json.gz", Shop, piece: piece);

            Assert.True(file.Layout.IsGzip);
            Assert.Equal("""{"Order no":"1","b":"2"}""", Assert.Single(file.Good).Text());
            Assert.Equal("""{"Order no":"1","b":"2"}""", Assert.Single(members.Good).Text());
            Assert.Equal(["{\"a\":1}", "2"], json.Records.Select(RowFiles.Text));
        }
    }

    [Fact]
    public async Task Gzip_that_is_cut_off_anywhere_ends_in_a_fault_and_nothing_else_is_lost_or_made_up()
    {
        var rows = Enumerable.Range(0, 300).Select(i => $"{i},\"{i * 7919 % 1009}\n{i * 104729 % 1013}\"\n").ToArray();
        var packed = RowFiles.Gzip(Encoding.UTF8.GetBytes("Order no,b\n" + string.Concat(rows)));
        for (var length = 2; length < packed.Length; length += length < packed.Length - 12 ? 97 : 1)
        {
            var file = await RowFiles.ReadAsync(packed[..length], "x.csv", Shop);

            Assert.NotEmpty(file.Bad);
            Assert.Contains(file.Bad, record => record.Fault!.Reason is ReasonCodes.SourceUnreadable or ReasonCodes.EmptyInput or ReasonCodes.UnknownHeader or ReasonCodes.MalformedJson);
            Assert.Equal(rows.Take(file.Good.Count()), file.Good.SelectMany(RowFiles.RawRows));
        }
    }

    [Theory]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 0x1F, 0x8B })]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    public async Task Something_else_behind_gzip_is_told_and_all_that_is_in_it_is_read(byte[] rest)
    {
        var file = await RowFiles.ReadAsync([.. RowFiles.Gzip("Order no,b\n1,2\n3,4\n"u8.ToArray()), .. rest], "x.csv", Shop);

        Assert.Equal(["1,2\n", "3,4\n"], file.Good.SelectMany(RowFiles.RawRows));
        var fault = Assert.Single(file.Bad).Fault!;
        Assert.Equal((ReasonCodes.SourceUnreadable, 4L), (fault.Reason, fault.At.Line));
    }

    [Fact]
    public async Task Damaged_gzip_parks_the_group_that_was_open()
    {
        var profiles = RowFiles.Catalog(RowFiles.Document("""{"groupBy": ["Order no"]}""", """{"present": "$.rows[0]['Order no']"}""", "shop"));
        var packed = RowFiles.Gzip("Order no,b\n1,2\n2,3\n2,4\n"u8.ToArray());

        var file = await RowFiles.ReadAsync(packed[..^6], "x.csv", profiles);

        Assert.Equal([null, ReasonCodes.SourceUnreadable], file.Records.Select(record => record.Fault?.Reason));
        Assert.Equal("2,3\n2,4\n", file.Records[1].Text());
    }

    [Fact]
    public async Task Damaged_gzip_of_json_ends_in_a_fault_with_its_place()
    {
        var text = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{{\"a\":{i * 7919 % 10007}}}\n"));
        var packed = RowFiles.Gzip(Encoding.UTF8.GetBytes(text));

        var cut = await RowFiles.ReadAsync(packed[..(packed.Length / 2)], "x.ndjson", Shop);
        packed[packed.Length / 2] ^= 0x55;
        var damaged = await RowFiles.ReadAsync(packed, "x.ndjson", Shop);

        Assert.All([cut, damaged], file =>
        {
            var fault = file.Records[^1].Fault!;
            Assert.True(fault.Reason is ReasonCodes.SourceUnreadable or ReasonCodes.MalformedJson, fault.Detail);
            Assert.True(fault.At.Line > 1);
        });
        Assert.Equal(ReasonCodes.SourceUnreadable, cut.Records[^1].Fault!.Reason);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_closed()
    {
        using var stream = new BrokenStream();

        await Assert.ThrowsAsync<IOException>(async () => await RecordFile.OpenAsync(stream, "x.csv", new SourceOptions(), Shop, MappingHints.None, CancellationToken.None));

        Assert.True(stream.IsClosed);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public bool IsClosed { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("gone");

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
