using Cax.Cli.Demo;
using Cax.Cli.Output;
using Cax.Cli.Tests.Support;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Simulator;

namespace Cax.Cli.Tests.Demo;

public sealed class DemoTests : IDisposable
{
    private readonly Folder _folder = new();

    [Fact]
    public async Task Its_accounts_equal_the_counts_of_the_twin_event_for_event()
    {
        var result = await new Terminal { ["Cax__Endpoint"] = "nonsense" }.RunAsync("demo", "--json", "--out", _folder.Path);

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.True(result.Number("read") >= 2_000);
        Assert.Equal(result.Number("events", "sent"), result.Number("twin", "events"));
        Assert.Equal(result.Number("events", "sent"), result.Number("twin", "distinctIds"));
        Assert.Equal(0, result.Number("twin", "repeatedIds"));
        Assert.Equal(result.Number("requests"), result.Number("twin", "requests"));
        Assert.Equal((2, 1), (result.Number("twin", "byStatus", "503"), result.Number("twin", "byStatus", "429")));
        Assert.Equal(
            ["consent_unknown", "duplicate", "duplicate_key", "event_too_large", "group_again", "incomplete_record", "invalid_event", "malformed_json", "malformed_row", "refused", "unknown_payload"],
            result.Json.GetProperty("reasons").EnumerateObject().Select(reason => reason.Name));
        Assert.Equal(10, _folder.Parked().Count);
        Assert.True(File.Exists(result.Json.GetProperty("files")[0].GetProperty("report").GetString()));
        Assert.True(File.Exists(_folder.In("sample.ndjson")));
    }

    [Fact]
    public async Task It_tells_a_person_what_happened_and_where_to_look_next()
    {
        var result = await new Terminal().RunAsync("demo", "--out", _folder.Path);

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains("503, 503, 429", result.Out, StringComparison.Ordinal);
        Assert.Contains("They agree, event for event, each id once.", result.Out, StringComparison.Ordinal);
        Assert.Contains("cd " + _folder.Path, result.Out, StringComparison.Ordinal);
        Assert.Contains("cax replay dead-letters --reason refused", result.Out, StringComparison.Ordinal);
        Assert.EndsWith("/repair.csv", result.Out.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("/report.html", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_that_claim_more_than_the_twin_got_do_not_agree()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var claimed = AccountsJson.Nothing with { Events = new Tally(1, 1, 0, 0, 0) };

        var check = new DemoCheck(
            new RunResult(claimed, true, false, new Dictionary<string, Outcome>()), new DemoWitness(new RecordMapper(new MappingOptions()), new NoDeadLetters()), twin);

        Assert.False(check.Agrees);
        Assert.Equal(["events sent / received"], check.Comparisons.Where(comparison => !comparison.Agrees).Select(comparison => comparison.What));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_told()
    {
        var result = await new Terminal().RunAsync("demo", "--out", Path.Combine(_folder.File("a-file", ""), "below"));

        Assert.Equal(ExitCode.Usage, result.Exit);
    }

    public void Dispose() => _folder.Dispose();
}
