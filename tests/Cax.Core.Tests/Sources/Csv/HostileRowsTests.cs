using System.Diagnostics;
using System.IO.Compression;
using Cax.Core.Mapping;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Sources.Csv;

/// <summary>Files that would like to have all the memory or all the time.</summary>
public sealed class HostileRowsTests
{
    private const int Megabyte = 1_000_000;

    [Fact]
    public async Task A_quote_that_is_never_closed_at_the_start_of_50_megabytes_costs_one_line()
    {
        var seen = await ReadAsync("a,b\n1,\"x\n", new string('2', 98) + ",y\n", 500_000);

        Assert.Equal((500_001, 1), (seen.Records, seen.Bad));
        Assert.Equal(2, seen.First!.At.Line);
        Assert.InRange(seen.Allocated, 0, 500_000L * 700);
    }

    [Theory]
    [InlineData("a\",\"b\n")]
    [InlineData("1,\"x\n")]
    [InlineData("\",\"\n")]
    [InlineData("\"x\"\",\"\n")]
    public async Task Quotes_that_are_opened_on_every_line_cost_no_time_to_speak_of(string line)
    {
        var began = Stopwatch.GetTimestamp();
        var seen = await ReadAsync("a,b,c\n", line, 2 * Megabyte / line.Length);

        Assert.Equal(seen.Records, seen.Bad);
        Assert.InRange(seen.Records, 1, 2 * Megabyte / line.Length);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 60);
    }

    [Theory]
    [InlineData("1,", "x", "\n")]
    [InlineData("1,\"", "x, y\n", "\"\n")]
    [InlineData("1,\"", "x\"\"", "\"\n")]
    [InlineData("", "1,", "\n")]
    [InlineData("", "\"\",", "x\n")]
    [InlineData("1,", "\0", "\n")]
    public async Task A_cell_or_a_row_of_ten_megabytes_is_one_record_by_reference(string begin, string unit, string end)
    {
        var seen = await ReadAsync($"a,b\n1,2\n{begin}", unit, 10 * Megabyte / unit.Length, $"{end}3,4\n");

        Assert.Equal((3, 1, ReasonCodes.RecordTooLarge), (seen.Records, seen.Bad, seen.First!.Reason));
        Assert.Equal(3, seen.First.At.Line);
        Assert.InRange(seen.Allocated, 0, 48 * Megabyte);
    }

    [Fact]
    public async Task A_row_of_ten_megabytes_belongs_to_its_group()
    {
        var seen = await ReadAsync("a,b\nA,2\nA,", "x", 20 * Megabyte, "\nA,3\nB,4\n", """{"groupBy": ["a"]}""");

        Assert.Equal((2, 1, ReasonCodes.RecordTooLarge), (seen.Records, seen.Bad, seen.First!.Reason));
        Assert.Equal(2, seen.First.At.Line);
    }

    [Fact]
    public async Task Rows_that_hold_nothing_take_no_memory()
    {
        foreach (var unit in (string[])["\n", "\r", ",\r\n", " ,\"\"\n"])
        {
            var seen = await ReadAsync("a,b\n1,2\n", unit, 2 * Megabyte, "3,4\n");

            Assert.Equal((2, 0), (seen.Records, seen.Bad));
            Assert.InRange(seen.Allocated, 0, 4 * Megabyte);
        }
    }

    [Theory]
    [InlineData("\r\n", 1)]
    [InlineData("\r\n\n", 2)]
    [InlineData(" \r", 1)]
    public async Task Empty_lines_count_however_many_there_are(string unit, int lines)
    {
        foreach (var value in (string[])["1", "12"])
        {
            var text = $"a,b\n{value},2\n{string.Concat(Enumerable.Repeat(unit, 200_000))}3,4\n";

            Assert.Equal([2L, 3L + (200_000 * lines)], (await RowFiles.ReadAsync(text)).Records.Select(record => record.Position.Line));
        }
    }

    [Theory]
    [InlineData("", ",column", 1_000_000, "more than 16384 columns")]
    [InlineData("", ",", 1_000_000, "more than 16384 columns")]
    [InlineData("a,\"", "b\n", 10_000_000, "never closed")]
    [InlineData("a,", "b", 10_000_000, "has not ended")]
    public async Task A_header_without_measure_is_refused(string begin, string unit, int count, string detail)
    {
        var seen = await ReadAsync(begin, unit, count, "\n1,2\n");

        Assert.Equal((1, ReasonCodes.UnknownHeader), (seen.Records, seen.First!.Reason));
        Assert.Contains(detail, seen.First.Detail, StringComparison.Ordinal);
        Assert.InRange(seen.Allocated, 0, 80 * Megabyte);
    }

    [Fact]
    public async Task A_bomb_of_gzip_takes_no_memory()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync("a,b\n1,"u8.ToArray());
            var zeros = new byte[Megabyte];
            for (var i = 0; i < 200; i++)
            {
                await gzip.WriteAsync(zeros);
            }
        }

        packed.Position = 0;
        var seen = await ReadAsync(packed, "{}");

        Assert.Equal((1, ReasonCodes.RecordTooLarge), (seen.Records, seen.First!.Reason));
        Assert.InRange(seen.Allocated, 0, 48 * Megabyte);
    }

    [Fact]
    public async Task The_size_of_the_pieces_changes_nothing_where_it_is_looked_far_ahead()
    {
        var random = new Random(3);
        var units = (string[])["x,\"\"", "\"", ",", "\n", "\"x\n", new string('y', 9_000), "a\",\"b\n", "1,2\n", "\r", "\r\n", new string(',', 40_000)];
        for (var round = 0; round < 12; round++)
        {
            var text = "a,b\n" + string.Concat(Enumerable.Range(0, 120).Select(_ => units[random.Next(units.Length)]));

            var whole = await RowFiles.ReadAsync(text);
            foreach (var piece in (int[])[4_001, 65_536, 70_000])
            {
                var pieces = await RowFiles.ReadAsync(text, piece: piece);
                Assert.Equal(whole.Records.Select(record => (record.Position, record.Fault)), pieces.Records.Select(record => (record.Position, record.Fault)));
            }
        }
    }

    private static Task<Seen> ReadAsync(string head, string unit, int count, string tail = "", string csv = "{}") =>
        ReadAsync(new RepeatedStream(head, unit, count, tail), csv);

    /// <summary>Reads a file on this thread, and keeps nothing of it.</summary>
    private static async Task<Seen> ReadAsync(Stream stream, string csv)
    {
        var profiles = RowFiles.Catalog(RowFiles.Document(csv));
        var hints = MappingHints.None with { Profile = new ProfileChoice("rows", ProfileRule.Path) };
        var before = GC.GetAllocatedBytesForCurrentThread();
        await using var file = await RecordFile.OpenAsync(stream, "x.csv", new SourceOptions(), profiles, hints, CancellationToken.None);
        var (records, bad) = (0, 0);
        RecordFault? first = null;
        await foreach (var record in file.ReadAsync(CancellationToken.None))
        {
            records++;
            bad += record.Fault is null ? 0 : 1;
            first ??= record.Fault;
        }

        return new Seen(records, bad, first, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private sealed record Seen(int Records, int Bad, RecordFault? First, long Allocated);
}
