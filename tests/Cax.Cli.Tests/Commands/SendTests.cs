using System.Text;
using System.Text.RegularExpressions;
using Cax.Cli.Tests.Support;
using Cax.Simulator;

namespace Cax.Cli.Tests.Commands;

public sealed partial class SendTests : IDisposable
{
    private static readonly Uri Nobody = new("http://127.0.0.1:1");

    private readonly Folder _folder = new();

    [Fact]
    public async Task What_was_sent_is_exit_0_and_the_summary_ends_with_what_that_does_not_mean()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = true, SiteId = "29", Key = Terminal.Key });

        var result = await SendAsync(twin.Url, _folder.File("a.ndjson", Messages.Lead("1"), Messages.Lead("2")));

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Equal(2, twin.Summary().DistinctIds);
        Assert.Contains("records             2           2           0           0           0", result.Out, StringComparison.Ordinal);
        Assert.Contains("does\nnot confirm what it took. `cax check`", result.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All(result.Out.Split('\n'), line => Assert.True((line.Length <= 80 || line.StartsWith("  rep", StringComparison.Ordinal)) && line.All(char.IsAscii), line));
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task What_was_parked_is_exit_1_and_is_explained()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());

        var result = await SendAsync(twin.Url, _folder.File("a.ndjson", Messages.Lead("1"), Messages.Lead("2", consent: false), "{"));

        Assert.Equal(ExitCode.Parked, result.Exit);
        Assert.Equal(2, _folder.Parked().Count);
        Assert.Contains("consent_unknown  Nothing says what the person consented to.", result.Out, StringComparison.Ordinal);
        Assert.Contains(_folder.DeadLetters, result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_json_object_has_exactly_these_members_in_this_order()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var lead = Messages.Lead("1");
        var file = _folder.File("a.ndjson", lead, lead, Messages.Lead("2", consent: false));

        var result = await SendAsync(twin.Url, file, "--json");

        Assert.Equal(
            """
            {"read":3,"sent":1,"deadLettered":1,"skipped":1,"returned":0,"complete":true,"events":{"mapped":2,"sent":1,"deadLettered":0,"skipped":1,"returned":0},"requests":1,"batches":1,"bytes":BYTES,"batchFill":0.002,"reasons":{"consent_unknown":1,"duplicate":1},"profiles":{},"files":[FILE]}

            """.ReplaceLineEndings("\n").Replace("BYTES", $"{twin.Requests()[0].Bytes}", StringComparison.Ordinal),
            FileObject().Replace(result.Out.ReplaceLineEndings("\n"), "FILE"));
        var told = result.Json.GetProperty("files")[0];
        Assert.Equal((file, "done", "sent_with_rejections"), (Text("file"), Text("ending"), Text("verdict")));
        Assert.All((string[])["report", "repair"], name => Assert.True(File.Exists(Text(name)), name));
        Assert.Equal(ExitCode.Parked, result.Exit);

        string? Text(string name) => told.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_key_answered_401_parks_nothing_and_shows_the_key_nowhere()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = true, Key = "another" });
        var file = _folder.File("a.ndjson", Messages.Lead("1"), Messages.Lead("2"));

        foreach (var mode in (string[][])[[], ["--json"]])
        {
            var result = await SendAsync(twin.Url, [file, .. mode]);

            Assert.Equal(ExitCode.Destination, result.Exit);
            Assert.Empty(_folder.Parked());
            Assert.DoesNotContain(Terminal.Key, result.Out + result.Error, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("HTTP 401", result.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("another", true)]
    [InlineData(Terminal.Key, false)]
    public async Task With_a_token_a_key_without_an_active_source_stops_everything_before_the_first_batch(string known, bool active)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Key = known, SourceActive = active });
        var cli = Terminal.For(twin.Url);
        cli["Cax__ConfigApi__Token"] = "bearer-token";

        var result = await cli.RunAsync("send", _folder.File("a.ndjson", Messages.Lead("1")), "--dead-letters", _folder.DeadLetters, "--json");

        Assert.Equal(ExitCode.Destination, result.Exit);
        Assert.Empty(twin.Requests());
        Assert.False(result.Json.GetProperty("complete").GetBoolean());
        Assert.Contains("nothing is sent", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bearer-token", result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_config_api_that_refuses_the_token_is_a_warning()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Key = Terminal.Key, ConfigToken = "another" });
        var cli = Terminal.For(twin.Url);
        cli["Cax__ConfigApi__Token"] = "bearer-token";

        var result = await cli.RunAsync("send", _folder.File("a.ndjson", Messages.Lead("1")));

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Equal(1, twin.Summary().Events);
        Assert.Contains("warning: the Config API refuses the token for site 29 (HTTP 401, UNKNOWN_TOKEN)", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_stays_away_is_exit_3_with_every_record_returned()
    {
        var cli = Terminal.For(Nobody);
        cli["Cax__Delivery__GiveUpAfter"] = "00:00:00.2000000";

        var result = await cli.RunAsync(
            "send", _folder.File("a.ndjson", Messages.Lead("1"), Messages.Lead("2"), Messages.Lead("3")), "--json", "--dead-letters", _folder.DeadLetters);

        Assert.Equal(ExitCode.Destination, result.Exit);
        Assert.Equal((3, 3), (result.Number("read"), result.Number("returned")));
        Assert.Equal(3, result.Number("reasons", "endpoint_unavailable"));
        Assert.Empty(_folder.Parked());
    }

    [Fact]
    public async Task Outages_that_end_cost_nothing_and_each_id_arrives_once()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions
        {
            Faults = [new TwinFault { Status = 503, Count = 2 }, new TwinFault { Reset = true }, new TwinFault { Status = 429, RetryAfter = "1" }],
        });

        var result = await SendAsync(twin.Url, _folder.File("a.ndjson", [.. Enumerable.Range(0, 1_200).Select(i => Messages.Lead($"{i}"))]), "--json");

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Equal(1_200, result.Number("sent"));
        Assert.Equal((1_200, 1_200, 0), (twin.Summary().Events, twin.Summary().DistinctIds, twin.Summary().RepeatedIds));
        Assert.Equal(twin.Summary().Requests, result.Number("requests"));
    }

    [Fact]
    public async Task Standard_input_is_read_once()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var input = Terminal.Typed(Messages.Lead("1") + "\n" + Messages.Lead("2"));

        var result = await Terminal.For(twin.Url, input).RunAsync("send", "-", "--json");
        var twice = await Terminal.For(twin.Url, input).RunAsync("send", "-", "-");

        Assert.Equal((ExitCode.Done, 2), (result.Exit, result.Number("sent")));
        Assert.Equal(ExitCode.Usage, twice.Exit);
        Assert.Contains("once", twice.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_needs_no_key_and_sends_and_parks_nothing()
    {
        var file = _folder.File("a.ndjson", Messages.Lead("1"), "{");

        var result = await new Terminal().RunAsync("send", file, "--dry-run", "--json", "--dead-letters", _folder.DeadLetters);

        Assert.Equal(ExitCode.Parked, result.Exit);
        Assert.True(result.Json.GetProperty("dryRun").GetBoolean());
        Assert.Equal((2, 1, 1, 0), (result.Number("read"), result.Number("sent"), result.Number("deadLettered"), result.Number("requests")));
        Assert.False(Directory.Exists(_folder.DeadLetters));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_and_nothing_is_sent()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = new Terminal { ["Cax__Endpoint"] = twin.Url.AbsoluteUri, ["Cax__SiteId"] = "twenty-nine", ["Cax__Delivery__Concurency"] = "2" };

        var result = await cli.RunAsync("send", _folder.In("missing.ndjson"), _folder.Path, _folder.File("a.ndjson", Messages.Lead("1")));

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Empty(twin.Requests());
        Assert.Contains("Cax__SiteId must be the number of your CAX site. The option is --site.", result.Error, StringComparison.Ordinal);
        Assert.Contains("Cax__SourceKey must be set: the key of your CAX source. The option is --key.", result.Error, StringComparison.Ordinal);
        Assert.Contains("Cax__Delivery__Concurency is not a setting; the nearest one is Cax__Delivery__Concurrency", result.Error, StringComparison.Ordinal);
        Assert.Contains("missing.ndjson: no such file", result.Error, StringComparison.Ordinal);
        Assert.Contains(_folder.Path + ": is a directory", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public async Task What_follows_a_misspelt_option_is_not_repeated()
    {
        var result = await Terminal.For(Nobody).RunAsync("send", _folder.File("a.ndjson", "{}"), "--kye", "a-secret");

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("--kye", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_override_settings()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = true, SiteId = "30", Key = "option-key" });
        var file = _folder.File("a.ndjson", Messages.Event("e1", user: ""));

        var result = await Terminal.For(Nobody).RunAsync(
            "send", file, "--endpoint", twin.Url.AbsoluteUri, "--site", "30", "--key", "option-key", "--mode", "single", "--json", "--dead-letters", _folder.DeadLetters);
        var strict = await SendAsync(twin.Url, file, "--strict", "--json");

        Assert.Equal((ExitCode.Done, 1), (result.Exit, result.Number("sent")));
        Assert.Equal(RequestKind.Event, Assert.Single(twin.Requests()).Kind);
        Assert.Equal((ExitCode.Parked, 1), (strict.Exit, strict.Number("reasons", "invalid_event")));
    }

    [Fact]
    public async Task An_interrupted_run_ends_orderly()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        using var interrupt = new CancellationTokenSource();
        var input = new BrokenOffInput(Encoding.UTF8.GetBytes(Messages.Lead("1") + "\n"), interrupt.Cancel);

        var result = await Terminal.For(twin.Url, input).RunAsync(["send", "-", "--json"], interrupt.Token);

        Assert.Equal(ExitCode.Interrupted, result.Exit);
        Assert.False(result.Json.GetProperty("complete").GetBoolean());
        Assert.Equal((1, 0), (result.Number("read"), result.Number("deadLettered")));
    }

    [Fact]
    public async Task A_place_that_takes_no_reports_is_told_and_nothing_is_sent()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var file = _folder.File("a.ndjson", Messages.Lead("1"));

        var result = await SendAsync(twin.Url, file, "--report", file);

        Assert.Equal(ExitCode.Destination, result.Exit);
        Assert.Contains($"nothing was sent. How far a file has come is written to {file} (--report)", result.Error, StringComparison.Ordinal);
        Assert.Empty(twin.Requests());
    }

    [Fact]
    public async Task Nothing_is_read_to_its_end_for_a_destination_that_was_given_up()
    {
        var lines = Enumerable.Range(0, 3_000).Select(i => Messages.Lead($"{i}")).ToArray();
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = true, Key = "another" });

        var file = await SendAsync(twin.Url, _folder.File("a.ndjson", lines), "--json");

        Assert.Equal(ExitCode.Destination, file.Exit);
        Assert.Equal(file.Number("read"), file.Number("returned"));
        Assert.False(file.Json.GetProperty("complete").GetBoolean());
        Assert.Equal("waiting", file.Json.GetProperty("files")[0].GetProperty("ending").GetString());
        using var never = new CancellationTokenSource();
        var input = new BrokenOffInput(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), () => { });
        var stream = await Terminal.For(twin.Url, input).RunAsync(["send", "-", "--json"], never.Token).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(ExitCode.Destination, stream.Exit);
        Assert.False(stream.Json.GetProperty("complete").GetBoolean());
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("1", false)]
    public async Task A_terminal_sees_a_live_display_in_colour_unless_NO_COLOR_is_set(string noColor, bool colours)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Terminal.For(twin.Url, isTerminal: true);
        cli["NO_COLOR"] = noColor;

        var result = await cli.RunAsync("send", _folder.File("a.ndjson", Messages.Lead("1")));

        Assert.Contains("records read", result.Error, StringComparison.Ordinal);
        Assert.Equal(colours, result.Out.Contains("\e[3", StringComparison.Ordinal));
        Assert.Equal(colours, result.Error.Contains("\e[9", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\{""file"":[^}]*\}")]
    private static partial Regex FileObject();

    public void Dispose() => _folder.Dispose();

    private Task<CliResult> SendAsync(Uri endpoint, params string[] args) =>
        Terminal.For(endpoint).RunAsync(["send", .. args, "--dead-letters", _folder.DeadLetters]);
}
