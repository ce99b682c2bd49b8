using System.Text;
using Cax.Core.Tests.Support;
using Record = Cax.Core.Sources.Record;

namespace Cax.Core.Tests.Sources.Csv;

/// <summary>Rows of a file, and the records that are made of them.</summary>
public sealed class CsvRecordTests
{
    private const string ByOrder = """{"groupBy": ["Order"]}""";

    [Fact]
    public async Task A_row_is_a_record_of_column_name_to_text_with_its_place_and_its_own_text()
    {
        var file = await RowFiles.ReadAsync("Order,E-mail\r\nA-1,ann@example.com\r\n\r\nA-2,\r\n");

        Assert.Equal(["""{"Order":"A-1","E-mail":"ann@example.com"}""", """{"Order":"A-2","E-mail":""}"""], file.Records.Select(RowFiles.Text));
        Assert.Equal([(2, 14, 21), (4, 37, 6)], file.Records.Select(Place));
        Assert.Equal(["A-1,ann@example.com\r\n", "A-2,\r\n"], file.Records.SelectMany(RowFiles.RawRows));
        Assert.Equal(["Order", "E-mail"], file.Layout.Columns);
        Assert.Equal(("\r\n", ',', '"', 0), (file.Layout.LineBreak, file.Layout.Separator, file.Layout.Quote, file.Layout.HeaderStart));
        Assert.Equal("Order,E-mail\r\n", Encoding.UTF8.GetString(file.Layout.Head.Span));
    }

    [Theory]
    [InlineData("a,b\n1,\"x\"\"y\"\n", "x\"y")]
    [InlineData("a,b\n1,\"x,y\"\n", "x,y")]
    [InlineData("a,b\n1,\"x\r\ny\"\n", "x\r\ny")]
    [InlineData("a,b\n1,12\" vinyl\n", "12\" vinyl")]
    [InlineData("a,b\n1,\u00e9\u20ac\ud83d\ude00\n", "\u00e9\u20ac\ud83d\ude00")]
    [InlineData("a,b\n1,\"\\ \t \u0001 \u0000\"\n", "\\ \t \u0001 \u0000")]
    [InlineData("a,b\n1, x \n", " x ")]
    [InlineData("a,b\n1,\uFEFFx\n", "\uFEFFx")]
    [InlineData("a,b\n1,x", "x")]
    [InlineData("a,b\n1,x\n ,\t\n,\n\n,\"\"\n", "x")]
    [InlineData("a,b\n1,x,,\n", "x")]
    public async Task A_field_is_read_as_it_is_meant(string text, string value)
    {
        var record = Assert.Single((await RowFiles.ReadAsync(text)).Records);

        Assert.Null(record.Fault);
        Assert.Equal(value, record.Row()["b"]);
    }

    [Theory]
    [InlineData("1,2", "the row has 2 fields, and the header has 3")]
    [InlineData("1,2,3,4", "the row has 4 fields, and the header has 3")]
    [InlineData("1,\"2\"x,3", "text stands after a closing quote; a quote within quotes is written twice")]
    [InlineData("1,\"2\" ,3", "text stands after a closing quote; a quote within quotes is written twice")]
    [InlineData("1,a\"b,\"c\"d", "text stands after a closing quote; a quote within quotes is written twice")]
    [InlineData("1,2,\"3", "a quote is opened and never closed")]
    public async Task A_bad_row_is_told_and_the_rows_around_it_are_read(string row, string detail)
    {
        var file = await RowFiles.ReadAsync($"a,b,c\n7,8,9\n{row}\n\"x\",8,9\n7,8,9\n");

        Assert.Equal(4, file.Records.Count);
        var bad = Assert.Single(file.Bad);
        Assert.Equal((ReasonCodes.MalformedRow, detail, 3L, 12L), (bad.Fault!.Reason, bad.Fault.Detail, bad.Fault.At.Line, bad.Fault.At.Offset));
        Assert.Equal(row + "\n", bad.Text());
        Assert.Equal((3L, detail), (Assert.Single(bad.Rows!.Rows).Line, bad.Rows.Rows[0].Problem));
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_its_line_whatever_follows()
    {
        var file = await RowFiles.ReadAsync("a,b\n1,\"x\n2,y\n\n3,z");

        Assert.Equal(["1,\"x\n"], file.Bad.Select(RowFiles.Text));
        Assert.Equal([3L, 5L], file.Good.Select(record => record.Position.Line));
    }

    [Fact]
    public async Task Lines_within_quotes_count_and_belong_to_their_row()
    {
        var file = await RowFiles.ReadAsync("a,b\r1,\"x\r\r\ny\nz\"\r2,only\n3,\"long\nand short\"\n\n4,fine");

        Assert.Equal([2L, 6L, 7L, 10L], file.Records.Select(record => record.Position.Line));
        Assert.Equal("x\r\r\ny\nz", file.Records[0].Row()["b"]);
    }

    [Fact]
    public async Task Adjacent_rows_of_one_key_are_one_record()
    {
        var file = await RowFiles.ReadAsync("Order,Item\nA,1\nA,2\nB,3\n,4\n , \n,5\nC,6\n", ByOrder);

        Assert.Equal(["""{"rows":[{"Order":"A","Item":"1"},{"Order":"A","Item":"2"}]}""", """{"rows":[{"Order":"B","Item":"3"},{"Order":"","Item":"4"},{"Order":"","Item":"5"}]}""", """{"rows":[{"Order":"C","Item":"6"}]}"""], file.Records.Select(RowFiles.Text));
        Assert.Equal([(2, 11, 8), (4, 19, 10), (8, 33, 4)], file.Records.Select(Place));
        Assert.Equal(["B,3\n", ",4\n", ",5\n"], file.Records[1].RawRows());
        Assert.Equal([4L, 5L, 7L], file.Records[1].Rows!.Rows.Select(row => row.Line));
    }

    [Fact]
    public async Task Rows_without_a_key_at_the_beginning_are_a_record_of_their_own()
    {
        var file = await RowFiles.ReadAsync("Order,Item\n,1\n,2\nA,3\n", ByOrder);

        Assert.Equal([2, 1], file.Good.Select(record => record.Rows().Count));
    }

    [Fact]
    public async Task Fields_of_a_key_do_not_run_into_each_other()
    {
        var file = await RowFiles.ReadAsync("Shop,Order,Item\na,bc,1\nab,c,2\nab,c,3\n", """{"groupBy": ["Shop", "Order"]}""");

        Assert.Equal([1, 2], file.Good.Select(record => record.Rows().Count));
    }

    [Theory]
    [InlineData("A,1\nA,2,3\nA,4\n", 3, "malformed_row")]
    [InlineData("A,1\nA,\"2\nA,4\n", 3, "malformed_row")]
    [InlineData("A,1\nA\nA,4\n", 3, "malformed_row")]
    [InlineData("A,1\n,2,3\n,4\n", 3, "malformed_row")]
    [InlineData("A,1\nA,\udc00\nA,4,5\n", 3, "invalid_text")]
    public async Task A_bad_row_costs_its_whole_group_and_no_other(string group, int line, string reason)
    {
        var bytes = Encoding.UTF8.GetBytes("Order,Item\n" + group + "B,1\n").Select(b => b == 0xEF ? (byte)0x80 : b).ToArray();

        var file = await RowFiles.ReadAsync(bytes, ByOrder);

        Assert.Equal("""{"rows":[{"Order":"B","Item":"1"}]}""", Assert.Single(file.Good).Text());
        var bad = Assert.Single(file.Bad);
        Assert.Equal((reason, (long)line, 2L), (bad.Fault!.Reason, bad.Fault.At.Line, bad.Position.Line));
        Assert.Equal(3, bad.Rows!.Rows.Count);
        Assert.Equal(bad.Fault.Detail, bad.Rows.Rows[1].Problem);
        Assert.Null(bad.Rows.Rows[0].Problem);
        Assert.Equal(bad.Utf8.ToArray(), bad.Rows.Text.ToArray());
    }

    [Fact]
    public async Task A_group_that_comes_again_is_told_each_time()
    {
        var file = await RowFiles.ReadAsync("Order,Item\nA,1\nB,2\nA,3\nA,4\nC,5\nA,6,7\n", ByOrder);

        Assert.Equal([null, null, "group_again", null, "malformed_row"], file.Records.Select(record => record.Fault?.Reason));
        Assert.Equal("A,3\nA,4\n", file.Records[2].Text());
        Assert.Equal(4, file.Records[2].Fault!.At.Line);
        Assert.All(file.Records[2].Rows!.Rows, row => Assert.Null(row.Problem));
        Assert.Contains("came before in the file", file.Records[4].Fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_do_not_decode_cost_their_row_and_the_message_says_what_to_do()
    {
        byte[] bytes = [.. "name,city\nAnn,Lyon\nJos"u8, 0xE9, .. ",Gen"u8, 0xE8, .. "ve\nBob,Ulm\n"u8];

        var file = await RowFiles.ReadAsync(bytes);

        Assert.Equal([2L, 4L], file.Good.Select(record => record.Position.Line));
        var bad = Assert.Single(file.Bad);
        Assert.Equal((ReasonCodes.InvalidText, 3L), (bad.Fault!.Reason, bad.Fault.At.Line));
        Assert.StartsWith("byte 3 of the row is no text", bad.Fault.Detail, StringComparison.Ordinal);
        Assert.Contains("looks like windows-1252", bad.Fault.Detail, StringComparison.Ordinal);
        Assert.Contains("input.csv.encoding", bad.Fault.Detail, StringComparison.Ordinal);
        Assert.Equal((byte[])[.. "Jos"u8, 0xE9, .. ",Gen"u8, 0xE8, .. "ve\n"u8], bad.Rows!.Text.ToArray());
    }

    [Fact]
    public async Task A_row_above_the_limit_is_kept_by_reference_and_its_neighbours_are_read()
    {
        var large = $"2,\"{new string('x', 100_000)}\n{new string('y', 100_000)}\"\n";

        var file = await RowFiles.ReadAsync($"a,b\n1,x\n{large}3,z\n", maxRecordBytes: 10_000);

        Assert.Equal([null, "record_too_large", null], file.Records.Select(record => record.Fault?.Reason));
        Assert.Equal((3, 8, large.Length), Place(file.Records[1]));
        Assert.Equal(4_096, file.Records[1].Reference!.Head.Length);
        Assert.Null(file.Records[1].Rows);
        Assert.Equal(5, file.Records[2].Position.Line);
    }

    [Fact]
    public async Task A_group_above_the_limit_is_kept_by_reference_and_the_next_one_is_read()
    {
        var lines = string.Concat(Enumerable.Range(0, 500).Select(i => $"A,{i:00000}\n"));

        var file = await RowFiles.ReadAsync($"Order,Item\n{lines}B,1\n", ByOrder, maxRecordBytes: 2_000);

        Assert.Equal(["record_too_large", null], file.Records.Select(record => record.Fault?.Reason));
        Assert.Equal(lines.Length, file.Records[0].Position.Length);
        Assert.Equal(502, file.Records[1].Position.Line);
    }

    [Fact]
    public async Task A_record_that_only_the_names_of_its_columns_make_too_large_keeps_its_rows()
    {
        var header = string.Join(',', Enumerable.Range(0, 200).Select(i => $"a rather long name of a column {i}"));

        var file = await RowFiles.ReadAsync($"{header}\n{new string(',', 198)}x,\n", maxRecordBytes: 5_000);

        var record = Assert.Single(file.Records);
        Assert.Equal(ReasonCodes.RecordTooLarge, record.Fault!.Reason);
        Assert.Null(record.Reference);
        Assert.Equal(201, record.Text().Length);
    }

    [Fact]
    public async Task A_file_without_a_header_has_the_columns_of_its_profile()
    {
        var file = await RowFiles.ReadAsync("exported on Monday\n1;x\n2;y\n", """{"header": false, "columns": ["nr", "what"], "skipLines": 1}""");

        Assert.Equal(["""{"nr":"1","what":"x"}""", """{"nr":"2","what":"y"}"""], file.Records.Select(RowFiles.Text));
        Assert.Equal(2, file.Records[0].Position.Line);
        Assert.Equal(("exported on Monday\n", 19), (Encoding.UTF8.GetString(file.Layout.Head.Span), file.Layout.HeaderStart));
    }

    [Fact]
    public async Task Notes_above_the_header_are_passed_over_and_kept()
    {
        var file = await RowFiles.ReadAsync("Shop: \"Tea & more\r\nfrom, to, until\r\n\r\n\"a\nb\",c\r\n1,2\r\n", """{"skipLines": 2}""");

        Assert.Equal(["a\nb", "c"], file.Layout.Columns);
        Assert.Equal(("Shop: \"Tea & more\r\nfrom, to, until\r\n\r\n\"a\nb\",c\r\n", 38), (Encoding.UTF8.GetString(file.Layout.Head.Span), file.Layout.HeaderStart));
        Assert.Equal((6, 47, 5), Place(Assert.Single(file.Records)));
    }

    [Fact]
    public async Task A_line_that_names_the_separator_is_no_header()
    {
        var file = await RowFiles.ReadAsync("sep=;\r\na,b;c\r\n1;2\r\n");

        Assert.Equal(["a,b", "c"], file.Layout.Columns);
        Assert.Equal(';', file.Layout.Separator);
        Assert.Equal(3, Assert.Single(file.Good).Position.Line);
    }

    [Theory]
    [InlineData("a,b,a,,b,,a", "a|b|a (2)|Column 4|b (2)|Column 6|a (3)")]
    [InlineData(" a ,\"b \", a", "a|b|a (2)")]
    [InlineData("a,a,a (2)", "a|a (3)|a (2)")]
    [InlineData(",Column 1,", "Column 1 (2)|Column 1|Column 3")]
    [InlineData("\uFEFFa,b", "a|b")]
    public async Task Every_column_has_a_name_of_its_own(string header, string names)
    {
        var file = await RowFiles.ReadAsync($"{header}\n");

        Assert.Equal(names, string.Join('|', file.Layout.Columns));
        Assert.Empty(file.Records);
    }

    [Theory]
    [InlineData("a,b;c,d\n", ',')]
    [InlineData("a;b,c;d\n", ';')]
    [InlineData("a\tb\n", '\t')]
    [InlineData("a|b|c\n", '|')]
    [InlineData("\"a;b;c\",d\n", ',')]
    [InlineData("a\n", ',')]
    public async Task The_separator_is_found_out_by_the_header(string text, char separator) =>
        Assert.Equal(separator, (await RowFiles.ReadAsync(text)).Layout.Separator);

    [Fact]
    public async Task Separator_and_quote_are_those_of_the_profile()
    {
        var file = await RowFiles.ReadAsync("a:b,'c:d'\n1:'2:''3'''\n", """{"delimiter": ":", "quote": "'"}""");

        Assert.Equal(["a", "b,'c", "d'"], file.Layout.Columns);
        Assert.Equal("the row has 2 fields, and the header has 3", Assert.Single(file.Bad).Fault!.Detail);
    }

    private static (int Line, int Offset, int Length) Place(Record record) =>
        ((int)record.Position.Line, (int)record.Position.Offset, (int)record.Position.Length);
}
