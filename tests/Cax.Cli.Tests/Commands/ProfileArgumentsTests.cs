using System.Text;
using Cax.Cli.Tests.Support;
using Cax.Core.Tests.Support;
using Cax.Simulator;

namespace Cax.Cli.Tests.Commands;

/// <summary><c>--profile</c>, <c>--profiles</c> and <c>--property</c> of the commands that map.</summary>
public sealed class ProfileArgumentsTests : IDisposable
{
    private readonly Folder _folder = new();

    public ProfileArgumentsTests()
    {
        Directory.CreateDirectory(_folder.In("profiles"));
        WriteProfile("till.profile.json", Encoding.UTF8.GetString(Tills.Document().Utf8.Span));
    }

    [Fact]
    public async Task A_profile_of_ones_own_maps_every_record_of_a_file_and_the_accounts_say_so()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var file = _folder.File("slips.json", $"{{\"entries\":[{Tills.Slip(1)},{Tills.Slip(2)},{{\"nr\":\"L-3\"}}]}}");

        var told = await SendAsync(twin, file, "--profile", "Till", "--property", "X-Topic=a=b");
        var json = await SendAsync(twin, file, "--profile", "till", "--json", "--force");

        Assert.Equal(2, twin.Summary().DistinctIds);
        Assert.Contains("\"topic\":\"a=b\"", Encoding.UTF8.GetString(twin.Events()[0].Json.Span), StringComparison.Ordinal);
        Assert.Contains("Mapped by profiles, in records:\n        3  till by property\n", told.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("incomplete_record  Something is missing", told.Out, StringComparison.Ordinal);
        Assert.Equal((3, 1), (json.Number("read"), json.Number("deadLettered")));
        Assert.Equal("{\"till\":{\"property\":3}}", json.Json.GetProperty("profiles").GetRawText());
        Assert.All(told.Out.Split('\n'), line => Assert.True(line.Length <= 80 || line.StartsWith("  rep", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task A_profile_that_there_is_not_is_told_before_anything_is_sent()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var file = _folder.File("slips.ndjson", Tills.Slip(1));

        var result = await SendAsync(twin, file, "--profile", "tilll");

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("--profile: there is no such profile; there are ", result.Error, StringComparison.Ordinal);
        Assert.Contains(", till,", result.Error, StringComparison.Ordinal);
        Assert.Empty(twin.Requests());
    }

    [Theory]
    [InlineData("send")]
    [InlineData("validate")]
    public async Task Profiles_with_mistakes_are_told_all_at_once(string command)
    {
        WriteProfile("a.profile.json", "{\"profile\":\"a\",\"version\":9}");
        WriteProfile("b.profile.json", "{");
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());

        var result = await Terminal.For(twin.Url).RunAsync(command, _folder.File("a.ndjson", Messages.Lead("1")), "--profiles", _folder.In("profiles"));

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.All(
            (string[])["a.profile.json: $.version ", "a.profile.json: $ ", "b.profile.json: $ is not JSON"],
            mistake => Assert.Contains(mistake, result.Error, StringComparison.Ordinal));
        Assert.Empty(twin.Requests());
    }

    [Fact]
    public async Task A_parameter_of_a_profile_that_there_is_not_is_told()
    {
        var terminal = new Terminal { ["Cax__Profiles__Parameters__woocomerce__orderId"] = "number" };

        var result = await terminal.RunAsync("validate", _folder.File("a.ndjson", Messages.Lead("1")));

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("the nearest one is woocommerce.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_shows_each_record_of_a_message_at_its_own_place()
    {
        var file = _folder.File("slips.json", "{\"entries\": [", "  " + Tills.Slip(1) + ",", "  {\"nr\":\"L-2\"}", "]}");

        var result = await new Terminal().RunAsync("validate", file, "--profiles", _folder.In("profiles"), "--profile", "till");

        Assert.StartsWith($"{file}:3:3: error ", result.Out, StringComparison.Ordinal);
        Assert.Contains("records 2, events 1,", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_could_map_is_replayed_by_the_profile_that_is_named()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var terminal = Terminal.For(twin.Url);
        await terminal.RunAsync("send", _folder.File("slips.ndjson", Tills.Slip(1)), "--dead-letters", _folder.DeadLetters);
        Assert.Single(_folder.Parked());

        var result = await terminal.RunAsync("replay", _folder.DeadLetters, "--profiles", _folder.In("profiles"), "--profile", "till", "--json");

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Equal(1, twin.Summary().DistinctIds);
        Assert.Equal("{\"till\":{\"property\":1}}", result.Json.GetProperty("profiles").GetRawText());
    }

    public void Dispose() => _folder.Dispose();

    private void WriteProfile(string name, string text) => File.WriteAllText(_folder.In("profiles/" + name), text);

    private Task<CliResult> SendAsync(CaxTwin twin, string file, params string[] more) => Terminal.For(twin.Url).RunAsync(
        ["send", file, "--dead-letters", _folder.DeadLetters, "--profiles", _folder.In("profiles"), .. more]);
}
