using Cax.Cli.Tests.Support;
using Cax.Simulator;

namespace Cax.Cli.Tests.Commands;

public sealed class ReplayTests : IDisposable
{
    private readonly Folder _folder = new();

    [Fact]
    public async Task A_refused_event_is_sent_again_as_it_was_and_only_once()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Poison = ["POISON"] });
        var cli = Terminal.For(twin.Url);
        var file = _folder.File("a.ndjson", Messages.Lead("1"), Messages.Lead("2", "POISON"), Messages.Lead("3"));
        Assert.Equal(ExitCode.Parked, (await cli.RunAsync("send", file, "--dead-letters", _folder.DeadLetters)).Exit);
        var document = await File.ReadAllTextAsync(Assert.Single(_folder.Parked()));
        await ClearFaultsAsync(twin);

        var dry = await cli.RunAsync("replay", _folder.DeadLetters, "--dry-run", "--json");
        var sent = await cli.RunAsync("replay", _folder.DeadLetters, "--json");
        var again = await cli.RunAsync("replay", _folder.DeadLetters, "--json");
        var forced = await cli.RunAsync("replay", _folder.DeadLetters, "--json", "--force");

        Assert.Equal((0, 1), (dry.Exit, dry.Number("sent")));
        Assert.Equal((0, 1), (sent.Exit, sent.Number("sent")));
        Assert.Equal((0, 0, 1), (again.Exit, again.Number("sent"), again.Number("reasons", "already_sent")));
        Assert.Equal((0, 1), (forced.Exit, forced.Number("sent")));
        Assert.Equal(document, await File.ReadAllTextAsync(_folder.Parked()[0]));
        Assert.Contains("\"outcome\":\"Sent\"", await File.ReadAllTextAsync(Assert.Single(_folder.Parked(".replay-1.json"))), StringComparison.Ordinal);
        Assert.Equal((4, 3), (twin.Summary().Events, twin.Summary().DistinctIds));
    }

    [Fact]
    public async Task What_lacked_consent_is_mapped_again_by_the_settings_of_today()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = await ParkedAsync(twin, Messages.Lead("1", consent: false));
        cli["Cax__Consent__Policy"] = "configured";
        cli["Cax__Consent__Categories__0"] = "7";

        var result = await cli.RunAsync("replay", _folder.DeadLetters, "--reason", "consent_unknown", "--json");

        Assert.Equal((0, 1), (result.Exit, result.Number("sent")));
        Assert.Contains("\"consent_categories\":[\"7\"]", System.Text.Encoding.UTF8.GetString(Assert.Single(twin.Events()).Json.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_three_replays_in_vain_it_takes_force()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = await ParkedAsync(twin, Messages.Lead("1", consent: false));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ExitCode.Parked, (await cli.RunAsync("replay", _folder.DeadLetters)).Exit);
        }

        var fourth = await cli.RunAsync("replay", _folder.DeadLetters, "--json");
        Assert.Empty(_folder.Parked(".replay-4.json"));
        var forced = await cli.RunAsync("replay", _folder.DeadLetters, "--force");

        Assert.Equal((ExitCode.Parked, 1), (fourth.Exit, fourth.Number("reasons", "consent_unknown")));
        Assert.Contains("--force", fourth.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Parked, forced.Exit);
        Assert.Single(_folder.Parked(".replay-4.json"));
    }

    [Fact]
    public async Task An_outage_uses_up_no_replay()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Poison = ["POISON"] });
        await ParkedAsync(twin, Messages.Lead("1"), Messages.Lead("2", "POISON"));
        var nobody = Terminal.For(new Uri("http://127.0.0.1:1"));
        nobody["Cax__Delivery__GiveUpAfter"] = "00:00:00.1000000";

        var result = await nobody.RunAsync("replay", _folder.DeadLetters, "--json");

        Assert.Equal((ExitCode.Destination, 1), (result.Exit, result.Number("returned")));
        Assert.Empty(_folder.Parked(".replay-1.json"));
    }

    [Fact]
    public async Task A_reference_cannot_be_replayed_and_says_so()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Terminal.For(twin.Url);
        cli["Cax__Sources__MaxRecordBytes"] = "1024";
        await cli.RunAsync("send", _folder.File("a.ndjson", Messages.Lead("1", new string('x', 2_000))), "--dead-letters", _folder.DeadLetters);

        var result = await cli.RunAsync("replay", _folder.DeadLetters, "--force", "--json");

        Assert.Equal((ExitCode.Parked, 1), (result.Exit, result.Number("reasons", "record_too_large")));
        Assert.Contains("only a reference", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reason_time_and_id_choose()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = await ParkedAsync(twin, Messages.Lead("1", consent: false), Messages.Event("bad-1", user: "").Replace("\"a\"", "\"\"", StringComparison.Ordinal), "{");

        Assert.Equal(3, await ReadAsync());
        Assert.Equal(1, await ReadAsync("--reason", "invalid_event"));
        Assert.Equal(2, await ReadAsync("--reason", "invalid_event", "--reason", "malformed_json"));
        Assert.Equal(1, await ReadAsync("--id", "bad-1"));
        Assert.Equal(1, await ReadAsync("--id", Path.GetFileNameWithoutExtension(_folder.Parked()[0])));
        Assert.Equal(3, await ReadAsync("--since", "2020-01-01"));
        Assert.Equal(0, await ReadAsync("--since", "2999-01-01T00:00:00Z"));

        async Task<long> ReadAsync(params string[] options) =>
            (await cli.RunAsync(["replay", _folder.DeadLetters, "--dry-run", "--json", .. options])).Number("read");
    }

    [Theory]
    [InlineData("--reason", "no_such_reason")]
    [InlineData("--since", "yesterday")]
    public async Task A_filter_that_makes_no_sense_is_told(string option, string value) =>
        Assert.Equal(ExitCode.Usage, (await Terminal.For(new Uri("http://127.0.0.1:1")).RunAsync("replay", _folder.Path, option, value)).Exit);

    [Fact]
    public async Task A_directory_that_is_not_there_is_told()
    {
        var result = await new Terminal().RunAsync("replay", _folder.In("nowhere"), "--dry-run");

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("no such directory", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_document_costs_itself()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = await ParkedAsync(twin, Messages.Lead("1", consent: false));
        await File.WriteAllTextAsync(Path.Combine(_folder.DeadLetters, "damaged.json"), "{}");
        cli["Cax__Consent__Policy"] = "omit";

        var result = await cli.RunAsync("replay", _folder.DeadLetters, "--json");

        Assert.Equal((ExitCode.Parked, 1, 1), (result.Exit, result.Number("sent"), result.Number("deadLettered")));
        Assert.Contains("damaged: ", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Terminal> ParkedAsync(CaxTwin twin, params string[] records)
    {
        var cli = Terminal.For(twin.Url);
        Assert.Equal(ExitCode.Parked, (await cli.RunAsync("send", _folder.File("a.ndjson", records), "--dead-letters", _folder.DeadLetters)).Exit);
        return cli;
    }

    private static async Task ClearFaultsAsync(CaxTwin twin)
    {
        using var http = new HttpClient();
        using var response = await http.DeleteAsync(new Uri(twin.Url, "twin/faults"));
        response.EnsureSuccessStatusCode();
    }
}
