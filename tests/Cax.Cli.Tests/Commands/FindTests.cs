using Cax.Cli.Tests.Support;
using Cax.Simulator;
using Cax.Storage.Tests.Support;

namespace Cax.Cli.Tests.Commands;

public sealed class FindTests(Azurite azurite) : IDisposable
{
    private readonly Folder _folder = new();

    private string Reports => _folder.In("reports");

    [Fact]
    public async Task The_story_of_an_order_begins_with_what_came_first()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Poison = ["POISON"] });
        var cli = Cli(twin.Url);
        var first = _folder.File("first.ndjson", Messages.Lead("L-1"), Messages.Lead("L-2", "POISON"));
        await cli.RunAsync("send", first);
        using var http = new HttpClient();
        using var cleared = await http.DeleteAsync(new Uri(twin.Url, "twin/faults"), TestContext.Current.CancellationToken);
        var second = _folder.File("second.ndjson", Messages.Lead("L-3"), Messages.Lead("L-2", "mended"));
        await cli.RunAsync("send", second);

        var found = await cli.RunAsync("find", "L-2", "--json");

        Assert.Equal(ExitCode.Done, found.Exit);
        var story = found.Json.GetProperty("story").EnumerateArray().ToList();
        Assert.Equal(
            [("deadLettered", "refused", first, 2, true), ("sent", null, second, 2, false)],
            story.Select(entry => (Text(entry, "outcome")!, Text(entry, "reason"), Text(entry, "delivery")!, entry.GetProperty("line").GetInt32(), Text(entry, "deadLetter") is not null)));
        Assert.All(story, entry => Assert.Equal("generate_lead", Text(entry, "event")));
    }

    [Fact]
    public async Task A_person_is_told_when_what_became_of_it_why_and_where_it_came_from()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Cli(twin.Url);
        var file = _folder.File("a.ndjson", Messages.Lead("L-1"), Messages.Lead("L-2", consent: false));
        await cli.RunAsync("send", file);

        var sent = await cli.RunAsync("find", "L-1");
        var parked = await cli.RunAsync("find", "L-2");

        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ  sent generate_lead from .*a\.ndjson, line 1\n$", sent.Out.ReplaceLineEndings("\n"));
        Assert.Matches(@"^\S+ \S+  parked from .*a\.ndjson, line 2\n  consent_unknown  Nothing says ", parked.Out.ReplaceLineEndings("\n"));
        Assert.Contains("\n  dead letter 29/consent_unknown/", parked.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.All([sent.Out, parked.Out], text => Assert.DoesNotContain("jane.roe", text, StringComparison.Ordinal));
        Assert.Empty(sent.Error + parked.Error);
    }

    [Fact]
    public async Task A_replay_is_a_part_of_the_story()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Cli(twin.Url);
        await cli.RunAsync("send", _folder.File("a.ndjson", Messages.Lead("L-2", consent: false)));
        cli["Cax__Consent__Policy"] = "omit";
        await cli.RunAsync("replay", _folder.DeadLetters);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Reports, "receipts"), "*.ndjson", SearchOption.AllDirectories).Length);

        var found = await cli.RunAsync("find", "L-2", "--json");
        var text = await cli.RunAsync("find", "L-2");

        Assert.Equal(
            [("deadLettered", false), ("sent", true)],
            found.Json.GetProperty("story").EnumerateArray().Select(entry => (Text(entry, "outcome")!, entry.GetProperty("replay").GetBoolean())));
        Assert.Contains("sent replayed, first in ", text.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#1001", "1001")]
    [InlineData("1001", "#1001")]
    public async Task A_leading_hash_makes_no_difference(string sent, string asked)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Cli(twin.Url);
        await cli.RunAsync("send", _folder.File("a.ndjson", Messages.Lead(sent), Messages.Lead("10010")));

        Assert.Equal(1, (await cli.RunAsync("find", asked, "--json")).Json.GetProperty("story").GetArrayLength());
    }

    [Fact]
    public async Task What_nobody_knows_is_exit_1_and_a_mistake_exit_2()
    {
        var cli = Cli(new Uri("http://127.0.0.1:1"));
        var unknown = await cli.RunAsync("find", "77", "--json");

        Assert.Equal((1, "{\"found\":false,\"story\":[]}"), (unknown.Exit, unknown.Out.TrimEnd()));
        Assert.Contains("not found in the last 30 days", unknown.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Reports));
        Assert.Equal(ExitCode.Usage, (await cli.RunAsync("find")).Exit);
        Assert.Equal(ExitCode.Usage, (await cli.RunAsync("find", "#")).Exit);
        foreach (var days in (string[])["0", "3651", "99999999999", "x", "1.5"])
        {
            Assert.Equal(ExitCode.Usage, (await cli.RunAsync("find", "L-1", "--days", days)).Exit);
        }

        Assert.Equal(ExitCode.Usage, (await cli.RunAsync("find", "L-1", "--report", "https://account.example/a/b/c")).Exit);
    }

    [Fact]
    public async Task A_place_that_cannot_be_read_is_exit_2_and_says_so()
    {
        var cli = Cli(new Uri("http://127.0.0.1:1"));

        var result = await cli.RunAsync("find", "L-1", "--report", "http://127.0.0.1:1/account/reports?sv=1&sig=s3cret");

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("cannot be reached", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_happened_lately_is_told_when_that_is_asked_for_and_damage_is_counted()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Cli(twin.Url);
        await cli.RunAsync("send", _folder.File("a.ndjson", Messages.Lead("L-1")));
        var document = Assert.Single(Directory.GetFiles(Path.Combine(Reports, "receipts"), "*.ndjson", SearchOption.AllDirectories));
        var old = DateTime.UtcNow.AddDays(-3);
        var folder = Directory.CreateDirectory(Path.Combine(Reports, "receipts", old.ToString("yyyy'/'MM'/'dd", null))).FullName;
        var line = (await File.ReadAllTextAsync(document)).Split("\"outcome\"")[1];
        await File.WriteAllTextAsync(Path.Combine(folder, "old.ndjson"), $"{{\"at\":\"{old:yyyy-MM-dd'T'HH:mm:ss'Z'}\",\"outcome\"{line}damaged\n");

        var all = await cli.RunAsync("find", "L-1", "--json");
        var lately = await cli.RunAsync("find", "L-1", "--json", "--days", "2");

        Assert.Equal((2, 1), (all.Json.GetProperty("story").GetArrayLength(), lately.Json.GetProperty("story").GetArrayLength()));
        Assert.Contains("1 receipts or dead letters cannot be read", all.Error, StringComparison.Ordinal);
        Assert.Empty(lately.Error);
    }

    [Fact]
    public async Task Another_site_makes_other_hashes()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Cli(twin.Url);
        await cli.RunAsync("send", _folder.File("a.ndjson", Messages.Lead("L-1")));

        Assert.Equal(1, (await cli.RunAsync("find", "L-1", "--site", "30")).Exit);
        Assert.Equal(0, (await cli.RunAsync("find", "L-1", "--site", "29")).Exit);
    }

    [Fact]
    public async Task Containers_are_searched_like_directories()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Cli(twin.Url);
        var connection = await azurite.ConnectionAsync();
        cli["AZURE_STORAGE_CONNECTION_STRING"] = connection;
        var account = connection.Split("BlobEndpoint=")[1].TrimEnd(';');
        var name = Guid.NewGuid().ToString("N");
        string[] places = ["--report", $"{account}/r{name}", "--dead-letters", $"{account}/d{name}"];
        Assert.Equal(1, (await cli.RunAsync(["find", "L-1", .. places], null)).Exit);
        await cli.RunAsync(["send", _folder.File("a.ndjson", Messages.Lead("L-1"), Messages.Lead("L-2", consent: false)), .. places], null);

        Assert.Equal("sent", Text((await cli.RunAsync(["find", "L-1", "--json", .. places], null)).Json.GetProperty("story")[0], "outcome"));
        Assert.Equal("deadLettered", Text((await cli.RunAsync(["find", "L-2", "--json", .. places], null)).Json.GetProperty("story")[0], "outcome"));
    }

    public void Dispose() => _folder.Dispose();

    private Terminal Cli(Uri endpoint)
    {
        var cli = Terminal.For(endpoint);
        cli["Cax__DeadLetters__Directory"] = _folder.DeadLetters;
        cli["Cax__Reports__Directory"] = Reports;
        return cli;
    }

    private static string? Text(System.Text.Json.JsonElement entry, string name) => entry.TryGetProperty(name, out var text) ? text.GetString() : null;
}
