using Cax.Cli.Tests.Support;

namespace Cax.Cli.Tests.Commands;

public sealed class HelpTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("send", "--help")]
    [InlineData("replay", "-h")]
    [InlineData("check", "--help")]
    [InlineData("validate", "--help")]
    [InlineData("simulate", "--help")]
    [InlineData("demo", "--help")]
    public async Task Help_lists_the_exit_codes(params string[] args)
    {
        var result = await new Terminal().RunAsync(args);

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains("Exit codes", result.Out, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Help_names_every_command_on_a_line_of_its_own()
    {
        var result = await new Terminal().RunAsync("--help");

        foreach (var command in (string[])["send <FILE>", "validate <FILE>", "check ", "replay <DIR>", "profiles ", "simulate ", "demo "])
        {
            Assert.Single(result.Out.Split('\n'), line => line.StartsWith("  " + command, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_help_of_send_recommends_the_setting_over_the_option()
    {
        var result = await new Terminal().RunAsync("send", "--help");

        Assert.Contains("Better set Cax__SourceKey: other users of this machine can see arguments", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_told()
    {
        var result = await new Terminal().RunAsync("--version");

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Matches(@"^\d+\.\d+\.\d+", result.Out);
    }

    [Theory]
    [InlineData]
    [InlineData("sned")]
    [InlineData("send")]
    [InlineData("simulate", "--port", "x")]
    public async Task A_command_line_that_makes_no_sense_is_exit_2_with_nothing_on_standard_output(params string[] args)
    {
        var result = await new Terminal().RunAsync(args);

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Empty(result.Out);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_may_begin_with_an_at_sign()
    {
        using var folder = new Folder();

        var result = await new Terminal().RunAsync("validate", "@" + folder.File("list", "--strict"));

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("no such file", result.Error, StringComparison.Ordinal);
    }
}
