using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cax.Cli.Tests.Support;
using Cax.Core.Mapping.Profiles;

namespace Cax.Cli.Tests;

/// <summary>Walks through the making of a profile as the README tells it, with its files and commands.</summary>
public sealed partial class ReadmeProfilesTests : IDisposable
{
    private static readonly string Readme = Repository.Read("README.md");

    private readonly Folder _folder = new();

    [Fact]
    public async Task A_draft_has_the_mistakes_that_it_shows()
    {
        Write("teahouse-order.json");
        var draft = await RunAsync("profiles", "new", "--from", "teahouse-order.json", "--name", "teahouse");
        _folder.File("teahouse.profile.json", draft.Out);

        var check = await RunAsync("profiles", "check", "teahouse.profile.json");

        Assert.Equal(ExitCode.Parked, check.Exit);
        Assert.Equal(Output("cax profiles check teahouse.profile.json"), check.Out);
    }

    [Fact]
    public async Task Its_profile_has_no_mistake_and_explains_its_order_as_it_shows()
    {
        Write("teahouse-order.json", "teahouse.profile.json");

        var check = await RunAsync("profiles", "check", "teahouse.profile.json");
        var explained = await RunAsync("profiles", "explain", "teahouse.profile.json", "--input", "teahouse-order.json");

        Assert.Equal("profiles 1, mistakes 0\n", check.Out);
        Assert.StartsWith(Output("cax profiles explain").Replace("  …\n", "", StringComparison.Ordinal), explained.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_case_passes()
    {
        Write("teahouse-order.json", "teahouse.profile.json", "teahouse.cases.json");

        var test = await RunAsync("profiles", "test", "teahouse.cases.json");

        Assert.Equal(ExitCode.Done, test.Exit);
        Assert.Equal(Output("cax profiles test teahouse.cases.json"), test.Out);
    }

    [Fact]
    public async Task A_draft_of_rows_asks_for_what_it_says_and_notes_what_it_says()
    {
        Write("tea-sales.csv");

        var draft = await RunAsync("profiles", "new", "--from", "tea-sales.csv", "--name", "tea-sales");

        Assert.Equal(ExitCode.Parked, draft.Exit);
        Assert.Equal(Output("cax profiles new --from tea-sales.csv"), draft.Error);
        var notes = draft.Json.GetProperty("notes").EnumerateArray().Select(note => note.GetString()!).Where(note => !note.StartsWith("Fill in:", StringComparison.Ordinal));
        Assert.Equal(NotesBlock().Match(Readme).Groups[1].Value, string.Concat(notes.Select(note => note + "\n")));
    }

    [Fact]
    public async Task The_draft_of_rows_once_filled_in_is_explained_as_it_shows()
    {
        await WriteFilledDraftAsync();

        var check = await RunAsync("profiles", "check", "tea-sales.profile.json");
        var first = await RunAsync("profiles", "explain", "tea-sales.profile.json", "--input", "tea-sales.csv");
        var fourth = await RunAsync("profiles", "explain", "tea-sales.profile.json", "--input", "tea-sales.csv", "--line", "4");
        var fifth = await RunAsync("profiles", "explain", "tea-sales.profile.json", "--input", "tea-sales.csv", "--line", "5");

        Assert.Equal("profiles 1, mistakes 0\n", check.Out);
        Assert.StartsWith(Output("cax profiles explain --input tea-sales.csv").Replace("  …\n", "", StringComparison.Ordinal), first.Out, StringComparison.Ordinal);
        Assert.Equal(Output("cax profiles explain --line 4"), fourth.Out);
        Assert.StartsWith(Output("cax profiles explain --line 5"), fifth.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_profile_of_rows_once_corrected_maps_every_order()
    {
        await WriteFilledDraftAsync();
        Write("tea-sales.cases.json");
        const string Number = "\"@.Artikelnr\"";
        const string Correction = """{ "first": ["@.Artikelnr", "@.Artikel"] }""";
        Assert.Contains(Correction, Readme, StringComparison.Ordinal);
        var corrected = (await File.ReadAllTextAsync(_folder.In("tea-sales.profile.json"), TestContext.Current.CancellationToken)).Replace(Number, Correction, StringComparison.Ordinal);
        _folder.File("tea-sales.profile.json", corrected);
        var terminal = new Terminal { ["Cax__Sources__tea-sales__Consent__Policy"] = "configured", ["Cax__Sources__tea-sales__Consent__Categories__0"] = "1" };

        var test = await RunAsync("profiles", "test", "tea-sales.cases.json");
        var validated = await terminal.RunAsync("validate", _folder.In("tea-sales.csv"), "--profiles", _folder.Path);

        Assert.Equal(ExitCode.Done, test.Exit);
        Assert.Contains("records 3, events 2, errors 0", validated.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_columns_of_our_own_need_no_profile()
    {
        Write("orders.csv");

        var result = await RunAsync("validate", "orders.csv");

        Assert.Contains("records 2, events 2, errors 0", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_table_names_every_built_in_profile() => Assert.Equal(
        ProfileCatalog.BuiltIn.Names,
        Row().Matches(Readme).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));

    public void Dispose() => _folder.Dispose();

    /// <summary>The draft, with the parameters that the page fills in.</summary>
    private async Task WriteFilledDraftAsync()
    {
        Write("tea-sales.csv");
        var draft = JsonNode.Parse((await RunAsync("profiles", "new", "--from", "tea-sales.csv", "--name", "tea-sales")).Out)!;
        draft["parameters"] = JsonNode.Parse(ParametersBlock().Match(Readme).Groups[1].Value);
        _folder.File("tea-sales.profile.json", draft.ToJsonString());
    }

    private static string Output(string command) =>
        OutputBlock().Matches(Readme).Single(block => block.Groups[1].Value == command).Groups[2].Value;

    private void Write(params string[] names)
    {
        foreach (var name in names)
        {
            _folder.File(name, FileBlock().Matches(Readme).Single(block => block.Groups[1].Value == name).Groups[2].Value);
        }
    }

    /// <summary>Files are those of the folder, and the output names them as the README does.</summary>
    private async Task<CliResult> RunAsync(params string[] words)
    {
        var result = await new Terminal().RunAsync([.. words.Select(word => word.EndsWith(".json", StringComparison.Ordinal) || word.EndsWith(".csv", StringComparison.Ordinal) ? _folder.In(word) : word)]);
        return result with { Out = result.Out.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal) };
    }

    [GeneratedRegex(@"<!-- file: (\S+) -->\n```(?:json|csv)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FileBlock();

    [GeneratedRegex("<!-- notes: tea-sales -->\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex NotesBlock();

    [GeneratedRegex("<!-- parameters: tea-sales -->\n```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ParametersBlock();

    [GeneratedRegex("<!-- output: (.+?) -->\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex OutputBlock();

    [GeneratedRegex(@"(?<=\| profile \| maps \|\n\|---\|---\|\n(?:\|.*\n)*)\| `([a-z0-9-]+)` \|")]
    private static partial Regex Row();
}
