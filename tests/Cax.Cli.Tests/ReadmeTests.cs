using System.Text.Json;
using System.Text.RegularExpressions;
using Cax.Cli.Tests.Support;
using Cax.Core.Mapping;
using Cax.Simulator;

namespace Cax.Cli.Tests;

/// <summary>Runs the commands of the README and compares what it says they print.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private static readonly string Readme = Repository.Read("README.md");
    private readonly Folder _folder = new();

    [Fact]
    public async Task Its_commands_run_in_their_order_with_its_settings()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        _folder.File("order-placed.json", MessageContract.Examples["order-placed"]);
        _folder.File("export.ndjson", FileBlock().Match(Readme).Groups[2].Value.TrimEnd());
        var terminal = new Terminal { ["Cax__DeadLetters__Directory"] = _folder.DeadLetters };
        var ran = 0;
        foreach (var line in ShellBlock().Matches(Readme).SelectMany(block => block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            var words = line.Split(' ').ToList();
            if (words[0] == "export")
            {
                Set(terminal, words[1], twin.Url);
                continue;
            }

            while (words[0].StartsWith("Cax__", StringComparison.Ordinal))
            {
                Set(terminal, words[0], twin.Url);
                words.RemoveAt(0);
            }

            Assert.Equal("cax", words[0]);
            var result = await terminal.RunAsync([.. words.Skip(1).Select(Here)]);
            Assert.True(result.Exit is ExitCode.Done or ExitCode.Parked, $"{line} ended with {result.Exit}: {result.Error}");
            ran++;
        }

        Assert.True(ran >= 10);
        Assert.Contains("e7f447ef-dd1c-58c2-b79e-cca412c9bcef", twin.Events().Select(received => received.Id));
        Assert.NotEmpty(_folder.Parked());
    }

    [Fact]
    public async Task What_it_says_validate_prints_is_what_validate_prints()
    {
        var file = FileBlock().Match(Readme);
        var path = _folder.File(file.Groups[1].Value, file.Groups[2].Value.TrimEnd());

        var result = await new Terminal().RunAsync("validate", path);

        var shown = OutputBlock().Matches(Readme).Single(block => block.Groups[1].Value == "cax validate export.ndjson").Groups[2].Value;
        Assert.Equal(shown, result.Out.Replace(path, file.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_it_says_find_prints_is_what_find_prints()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var file = FileBlock().Match(Readme);
        var path = _folder.File(file.Groups[1].Value, file.Groups[2].Value.TrimEnd());
        var terminal = Terminal.For(twin.Url);
        terminal["Cax__DeadLetters__Directory"] = _folder.DeadLetters;
        await terminal.RunAsync("send", path);

        var result = await terminal.RunAsync("find", "L-3");

        var shown = OutputBlock().Matches(Readme).Single(block => block.Groups[1].Value == "cax find L-3").Groups[2].Value;
        Assert.Equal(Timeless(shown), Timeless(result.Out.Replace(path, file.Groups[1].Value, StringComparison.Ordinal).ReplaceLineEndings("\n")));

        // The name of a dead letter holds a time and the hash of a path.
        static string Timeless(string text) => Times().Replace(text, "TIME");
    }

    [Fact]
    public async Task The_accounts_it_shows_as_json_are_those_of_its_file()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var file = FileBlock().Match(Readme);
        var path = _folder.File(file.Groups[1].Value, file.Groups[2].Value.TrimEnd());

        var result = await Terminal.For(twin.Url).RunAsync("send", path, "--json", "--dead-letters", _folder.DeadLetters, "--report", _folder.In("reports"));

        using var shown = JsonDocument.Parse(ShapeBlock().Match(Readme).Groups[1].Value);
        Assert.Equal(Told(shown.RootElement), Told(result.Json));

        // The folder of a report is named after the time and the file.
        string Told(JsonElement accounts) =>
            ReportFolder().Replace(JsonSerializer.Serialize(accounts).Replace(_folder.Path + "/", "", StringComparison.Ordinal), "/FOLDER/");
    }

    [GeneratedRegex("/[0-9TZ]{16}-[0-9a-f]{8}/")]
    private static partial Regex ReportFolder();

    [Fact]
    public async Task What_it_shows_of_the_demo_is_what_the_demo_prints()
    {
        var result = await new Terminal().RunAsync("demo", "--out", _folder.Path);

        var shown = OutputBlock().Matches(Readme).Single(block => block.Groups[1].Value == "demo").Groups[2].Value;
        Assert.All(shown.Split('\n'), line => Assert.Contains(line, result.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_exit_codes_are_those_of_the_help()
    {
        var help = await new Terminal().RunAsync("--help");

        Assert.All(
            new[] { ExitCode.Done, ExitCode.Parked, ExitCode.Usage, ExitCode.Destination, ExitCode.Interrupted },
            code => Assert.Matches($@"\b{code}\s+\w", help.Out));
        Assert.Contains("0 everything sent or skipped · 1 something was parked · 2 usage or configuration · 3 a", Readme, StringComparison.Ordinal);
        Assert.Contains("130 interrupted", Readme, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private string Here(string word) => word is "dead-letters" || File.Exists(_folder.In(word)) ? _folder.In(word) : word;

    private static void Set(Terminal terminal, string assignment, Uri twin)
    {
        var at = assignment.IndexOf('=', StringComparison.Ordinal);
        terminal[assignment[..at]] = assignment[(at + 1)..].Replace("http://localhost:5080", twin.AbsoluteUri, StringComparison.Ordinal);
    }

    [GeneratedRegex("<!-- shape: cax send --json -->\n```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShapeBlock();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ|\d{4}/\d\d/\d\d/[0-9a-f]+-[0-9a-f]+")]
    private static partial Regex Times();

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"<!-- file: (\S+) -->\n```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FileBlock();

    [GeneratedRegex("<!-- output: (.+?) -->\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex OutputBlock();
}
