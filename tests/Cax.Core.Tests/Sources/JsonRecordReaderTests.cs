using System.Security.Cryptography;
using System.Text;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using Record = Cax.Core.Sources.Record;

namespace Cax.Core.Tests.Sources;

public sealed class JsonRecordReaderTests
{
    [Fact]
    public async Task Ndjson_gives_a_record_a_line_with_its_position()
    {
        var records = await ReadAsync("{\"a\":1}\n\n{\"b\":[2]}\r\n  7\n");

        Assert.Equal(["{\"a\":1}", "{\"b\":[2]}", "7"], records.Select(Text));
        Assert.Equal([(1, 1, 0, 7), (3, 1, 9, 9), (4, 3, 22, 1)], records.Select(Place));
        Assert.All(records, record => Assert.Null(record.Fault));
    }

    [Fact]
    public async Task Pretty_printed_values_follow_one_another()
    {
        var records = await ReadAsync("{\n  \"a\": 1\n}\n{\n  \"b\": 2\n} {\"c\":3}");

        Assert.Equal(["{\n  \"a\": 1\n}", "{\n  \"b\": 2\n}", "{\"c\":3}"], records.Select(Text));
        Assert.Equal(4, records[1].Position.Line);
    }

    [Theory]
    [InlineData("[{\"a\":1},\n {\"b\":2}]")]
    [InlineData("{\"batch\":[{\"a\":1},{\"b\":2}]}")]
    [InlineData("{ \"batch\" : [ {\"a\":1} , {\"b\":2} ], \"sentAt\": [1] }\n")]
    [InlineData("[{\"a\":1}]\n{\"batch\":[{\"b\":2}]}\n")]
    public async Task Arrays_and_envelopes_are_unwrapped(string input)
    {
        var records = await ReadAsync(input);

        Assert.Equal(["{\"a\":1}", "{\"b\":2}"], records.Select(Text));
    }

    [Theory]
    [InlineData("{\"batch\":{\"a\":[1]}}")]
    [InlineData("{\"batches\":[1]}")]
    [InlineData("{\"b atch\":[1]}")]
    [InlineData("{\"a\":{\"batch\":[1]}}")]
    [InlineData("{\"items\":[[1],[2]],\"batch\":\"x\"}")]
    public async Task What_only_looks_like_an_envelope_is_one_record(string input)
    {
        var records = await ReadAsync(input);

        Assert.Equal([input], records.Select(Text));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"batch\":[]}")]
    [InlineData("[ ]\n[]\n")]
    public async Task An_empty_array_holds_no_records(string input) => Assert.Empty(await ReadAsync(input));

    [Fact]
    public async Task A_broken_line_of_ndjson_costs_that_line()
    {
        var records = await ReadAsync("{\"a\":1}\n{\"b\" 2}\n{\"c\":\n[{\"d\":4},{\"e\":]\n\"f\ng\"\n{\"h\":8}");

        Assert.Equal(["{\"a\":1}", "{\"b\" 2}", "{\"c\":", "{\"d\":4}", "{\"e\":]", "\"f", "g\"", "{\"h\":8}"], records.Select(Text));
        Assert.Equal([null, (2, 6, 13), (3, 6, 21), null, (4, 15, 36), (5, 3, 40), (6, 1, 41), null], records.Select(FaultPlace));
        Assert.Equal("expected a colon", records[1].Fault!.Detail);
        Assert.Equal("the line ends too early: expected a JSON value", records[2].Fault!.Detail);
        Assert.All(records.Where(r => r.Fault is not null), r => Assert.Equal("malformed_json", r.Fault!.Reason));
    }

    [Fact]
    public async Task A_broken_document_costs_the_rest_of_it()
    {
        var input = "[\n  {\"a\":1},\n  {\"b\":2\n   \"c\":3},\n  {\"d\":4}\n]";

        var records = await ReadAsync(input);

        Assert.Equal(["{\"a\":1}", input[input.IndexOf("{\"b", StringComparison.Ordinal)..]], records.Select(Text));
        Assert.Equal((4, 4, 25), FaultPlace(records[1]));
        Assert.Equal("expected a comma or }", records[1].Fault!.Detail);
    }

    [Fact]
    public async Task A_document_without_commas_between_elements_costs_the_rest_from_there()
    {
        var records = await ReadAsync("[\n{\"a\":1}\n{\"b\":2}\n]");

        Assert.Equal(["{\"a\":1}", "{\"b\":2}\n]"], records.Select(Text));
        Assert.Equal((3, 1, 10), FaultPlace(records[1]));
    }

    [Theory]
    [InlineData("{\"a\":[1,{\"b\":\"x", 1, 16)]
    [InlineData("[1,2,", 1, 6)]
    [InlineData("{\"a\":1}\n{\"b\":tru", 2, 9)]
    [InlineData("-", 1, 2)]
    public async Task A_truncated_input_ends_with_its_place(string input, int line, int column)
    {
        var last = (await ReadAsync(input))[^1];

        Assert.Equal("malformed_json", last.Fault!.Reason);
        Assert.Equal((line, column), (last.Fault.At.Line, last.Fault.At.Column));
        Assert.StartsWith("the input ends too early", last.Fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \r\n")]
    [InlineData("\uFEFF")]
    public async Task An_empty_input_is_told(string input)
    {
        var record = Assert.Single(await ReadAsync(input));

        Assert.Equal("empty_input", record.Fault!.Reason);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        var record = Assert.Single(await ReadAsync("\uFEFF{\"a\":1}"));

        Assert.Equal("{\"a\":1}", Text(record));
        Assert.Equal(3, record.Position.Offset);
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "gzip")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0 }, "UTF-16")]
    [InlineData(new byte[] { 0x20, 0, 1, 2 }, "zero byte")]
    public async Task Binary_input_is_one_broken_record_with_a_hint(byte[] input, string hint)
    {
        var record = Assert.Single(await ReadAsync(input, 64));

        Assert.Equal("malformed_json", record.Fault!.Reason);
        Assert.Contains(hint, record.Fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order_id;total\n1;2\n")]
    [InlineData("\"order_id\",\"total\"\n1,2\n")]
    public async Task Rows_are_told_how_they_would_be_read(string input)
    {
        var fault = (await ReadAsync(input)).Select(record => record.Fault).OfType<RecordFault>().First();

        Assert.Contains("rows of CSV are read from a file whose name ends in .csv", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_nested_arrays_are_one_record_and_cost_nobody_else()
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);

        var records = await ReadAsync($"{{\"a\":1}}\n{{\"deep\":{deep}}}\n{new string('[', 10_000)}\n{{\"b\":2}}\n");

        Assert.Equal(4, records.Count);
        Assert.Equal(("{\"a\":1}", "{\"b\":2}"), (Text(records[0]), Text(records[3])));
        Assert.Equal("malformed_json", records[2].Fault!.Reason);
    }

    [Fact]
    public async Task A_record_above_the_limit_is_kept_by_reference_and_its_neighbours_are_read()
    {
        var large = "{\"text\":\"" + new string('x', 300_000) + "\"}";

        var records = await ReadAsync($"{{\"a\":1}}\n{large}\n{{\"b\":2}}\n", maxRecordBytes: 100_000);

        Assert.Equal(3, records.Count);
        Assert.Equal("record_too_large", records[1].Fault!.Reason);
        Assert.Equal((2, 1, 8, large.Length), Place(records[1]));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(large))), records[1].Reference!.Sha256);
        Assert.Equal(large[..4_096], Encoding.UTF8.GetString(records[1].Reference!.Head.Span));
        Assert.Equal(("{\"a\":1}", "{\"b\":2}"), (Text(records[0]), Text(records[2])));
    }

    [Fact]
    public async Task A_large_array_on_one_line_is_read_element_by_element()
    {
        var input = "[" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"{{\"n\":{i},\"t\":\"{new string('y', 100)}\"}}")) + "]";

        var records = await ReadAsync(input, maxRecordBytes: 1_024);

        Assert.Equal(5_000, records.Count);
        Assert.All(records, record => Assert.Null(record.Fault));
    }

    [Fact]
    public async Task A_broken_rest_above_the_limit_is_kept_by_reference_with_its_first_error()
    {
        var record = Assert.Single(await ReadAsync("{\"a\" 1}" + new string(' ', 5_000), maxRecordBytes: 1_024));

        Assert.Equal("malformed_json", record.Fault!.Reason);
        Assert.Equal(6, record.Fault.At.Column);
        Assert.NotNull(record.Reference);
    }

    [Theory]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("-a")]
    [InlineData("NaN")]
    [InlineData("truE")]
    [InlineData("'a'")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12G4\"")]
    [InlineData("\"a\tb\"")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1]")]
    [InlineData("// comment")]
    public async Task What_json_does_not_allow_is_refused(string line)
    {
        var records = await ReadAsync($"{{\"first\":0}}\n{{\"v\":{line}}}\n{{\"last\":0}}\n");

        Assert.Equal("malformed_json", records[1].Fault?.Reason);
        Assert.Equal("{\"last\":0}", Text(records[^1]));
    }

    [Fact]
    public async Task The_size_of_the_pieces_changes_nothing()
    {
        const string Input = "\uFEFF{\"a\":[1,-2.5e+10,{\"b\":\"\\u00e9 \\\\ \\\" é 😀\"}],\"c\":null}\n[true,false,\n null]\n{\"x\" 1}\r\n{\"batch\":[{\"d\":4},{\"e\":[]}]}\n12345\n\"text\"";
        var expected = await ReadAsync(Input);
        Assert.True(expected.Count > 5);

        for (var piece = 1; piece < 40; piece++)
        {
            var records = await ReadAsync(Encoding.UTF8.GetBytes(Input), piece);
            Assert.Equal(expected.Select(Text), records.Select(Text));
            Assert.Equal(expected.Select(Place), records.Select(Place));
            Assert.Equal(expected.Select(FaultPlace), records.Select(FaultPlace));
        }
    }

    [SkippableSamples]
    public async Task The_public_json_test_suite_is_read_as_its_names_say()
    {
        var folder = Path.Combine(SkippableSamplesAttribute.Folder!, "torture", "json-test-suite");
        var files = Directory.GetFiles(folder, "*.json");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var bytes = await File.ReadAllBytesAsync(file);
            var faults = (await ReadAsync(bytes, 7)).Where(record => record.Fault is not null).ToList();
            Assert.True(name.StartsWith("y_", StringComparison.Ordinal) ? faults.Count == 0 : faults.Count > 0, name);
            Assert.All(faults, fault => Assert.True(fault.Fault!.At is { Line: > 0, Column: > 0 }, name));
        }
    }

    [Theory]
    [InlineData("[][]", 3)]
    [InlineData("[{\"a\":1}][{\"b\":2}]", 10)]
    public async Task Two_arrays_that_touch_each_other_are_no_json(string input, int column)
    {
        var fault = Assert.Single(await ReadAsync(input), record => record.Fault is not null);

        Assert.Equal(("malformed_json", (1, column, column - 1)), (fault.Fault!.Reason, FaultPlace(fault)));
    }

    [Fact]
    public async Task An_array_after_an_array_on_the_next_line_and_values_that_touch_are_read() =>
        Assert.Equal(["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"], (await ReadAsync("[{\"a\":1}]\n[{\"b\":2}]\n{\"c\":3}")).Select(Text));

    private static Task<List<Record>> ReadAsync(string input, int maxRecordBytes = SourceOptions.DefaultMaxRecordBytes) =>
        ReadAsync(Encoding.UTF8.GetBytes(input), int.MaxValue, maxRecordBytes);

    private static async Task<List<Record>> ReadAsync(byte[] input, int piece, int maxRecordBytes = SourceOptions.DefaultMaxRecordBytes)
    {
        var reader = new JsonRecordReader(new SourceOptions { MaxRecordBytes = maxRecordBytes });
        using var stream = new PiecewiseStream(input, piece);
        var records = new List<Record>();
        await foreach (var record in reader.ReadAsync(stream))
        {
            records.Add(record);
        }

        return records;
    }

    private static string Text(Record record) => Encoding.UTF8.GetString(record.Utf8.Span);

    private static (int Line, int Column, int Offset, int Length) Place(Record record) =>
        ((int)record.Position.Line, (int)record.Position.Column, (int)record.Position.Offset, (int)record.Position.Length);

    private static (int Line, int Column, int Offset)? FaultPlace(Record record) =>
        record.Fault is { At: var at } ? ((int)at.Line, (int)at.Column, (int)at.Offset) : null;
}
