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
    public void Its_table_names_every_built_in_profile() => Assert.Equal(
        ProfileCatalog.BuiltIn.Names,
        Row().Matches(Readme).Select(row => row.Groups[1].Value).Order(StringComparer.Ordinal));

    public void Dispose() => _folder.Dispose();

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
        var result = await new Terminal().RunAsync([.. words.Select(word => word.EndsWith(".json", StringComparison.Ordinal) ? _folder.In(word) : word)]);
        return result with { Out = result.Out.Replace(_folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal) };
    }

    [GeneratedRegex(@"<!-- file: (\S+) -->\n```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FileBlock();

    [GeneratedRegex("<!-- output: (.+?) -->\n```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex OutputBlock();

    [GeneratedRegex(@"(?<=\| profile \| maps \|\n\|---\|---\|\n(?:\|.*\n)*)\| `([a-z0-9-]+)` \|")]
    private static partial Regex Row();
}
