using System.Text.Json;
using Cax.Cli.Tests.Support;
using Cax.Simulator;

namespace Cax.Cli.Tests.LargeFiles;

/// <summary>Files that are larger than the memory they may take, sent by a process of its own. <c>tests/run.sh --long</c> makes them ten times as large.</summary>
public sealed class LargeFileTests : IDisposable
{
    private const long Megabyte = 1_000_000;
    private const long MostResident = 200 * Megabyte;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("CAX_LONG") == "1";

    private readonly Folder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_of_any_size_takes_the_same_memory_and_loses_nothing(bool csv)
    {
        var name = csv ? "leads.csv" : "leads.ndjson";
        var small = await SendAsync("small-" + name, 20 * Megabyte, csv);
        var large = await SendAsync(name, (IsLong ? 1_000 : 100) * Megabyte, csv);

        TestContext.Current.TestOutputHelper?.WriteLine($"peak {small / Megabyte} MB and {large / Megabyte} MB");
        Assert.InRange(large, 0, MostResident);
        Assert.True(large <= 1.35 * small, FormattableString.Invariant($"{small} bytes became {large}"));
    }

    [Fact]
    public async Task A_process_that_is_killed_again_and_again_ends_with_every_row_sent_and_one_report()
    {
        const int rows = 200_000;
        const int bad = 200;
        var kills = IsLong ? 20 : 3;
        var path = _folder.In("leads.csv");
        await File.WriteAllLinesAsync(path, Enumerable.Range(-1, rows + 1).Select(i => i < 0 ? LeadRows.Header : i % bad == 17 ? "L-broken," + i : LeadRows.Row(i)));
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { SiteId = "29", Key = Terminal.Key, CountsOnly = true });
        var good = rows - (rows / bad);
        var chance = new Random(20_261_121);
        var allowed = 0L;
        for (var i = 0; i < kills; i++)
        {
            var at = (long)((i + chance.NextDouble()) / kills * good);
            using var run = Start(twin, path);
            while (!run.HasExited && twin.Summary().DistinctIds < at)
            {
                await Task.Delay(2, TestContext.Current.CancellationToken);
            }

            await run.KillAsync();
            allowed += twin.Summary().DistinctIds - Written(bad);
        }

        using var last = Start(twin, path);
        var result = await last.WaitAsync();

        Assert.Equal(ExitCode.Parked, result.Exit);
        Assert.Equal(good, twin.Summary().DistinctIds);
        Assert.InRange(twin.Summary().Events - good, 0, allowed);
        Assert.Equal(rows / bad, _folder.Parked().Count);
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(Assert.Single(Directory.EnumerateFiles(_folder.In("reports"), "report.json", SearchOption.AllDirectories))));
        var data = report.RootElement.GetProperty("data");
        Assert.Equal((good, rows / bad), (data.GetProperty("accepted_object_count").GetInt32(), data.GetProperty("rejected_object_count").GetInt32()));
        var lines = report.RootElement.GetProperty("errors").EnumerateArray().SelectMany(error => error.GetProperty("meta").GetProperty("line_numbers").EnumerateArray()).Select(line => line.GetInt32());
        Assert.Equal(Enumerable.Range(0, rows).Where(i => i % bad == 17).Select(i => i + 2), lines.Order());
    }

    public void Dispose() => _folder.Dispose();

    private async Task<long> SendAsync(string name, long bytes, bool csv)
    {
        var path = _folder.In(name);
        var count = LeadRows.Write(path, bytes, csv);
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { SiteId = "29", Key = Terminal.Key, CountsOnly = true });
        using var process = Start(twin, path);

        var result = await process.WaitAsync();

        Assert.True(result.Exit == ExitCode.Done, result.Out + result.Error);
        Assert.Equal((count, count), (twin.Summary().DistinctIds, twin.Summary().Events));
        Assert.Equal(count, result.Number("sent"));
        File.Delete(path);
        return process.PeakBytes;
    }

    private CaxProcess Start(CaxTwin twin, string path) => CaxProcess.Start(
        twin.Url, "send", path, "--json", "--dead-letters", _folder.DeadLetters, "--report", _folder.In("reports"));

    /// <summary>How many good rows stand before the checkpoint.</summary>
    private long Written(int bad)
    {
        var states = Path.Combine(_folder.In("reports"), "progress", "state");
        if (!Directory.Exists(states) || Directory.EnumerateFiles(states).FirstOrDefault() is not { } state)
        {
            return 0;
        }

        using var json = JsonDocument.Parse(File.ReadAllText(state));
        var records = json.RootElement.GetProperty("checkpoint").GetProperty("records").GetInt64();
        return records - ((records + bad - 18) / bad);
    }
}
