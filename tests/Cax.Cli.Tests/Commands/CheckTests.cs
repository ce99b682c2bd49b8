using Cax.Cli.Tests.Support;
using Cax.Simulator;

namespace Cax.Cli.Tests.Commands;

public sealed class CheckTests
{
    [Fact]
    public async Task Without_a_token_it_says_what_nobody_can_tell()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());

        var result = await Terminal.For(twin.Url).RunAsync("check");

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains("endpoint    ok       answers", result.Out, StringComparison.Ordinal);
        Assert.Contains("key         ok", result.Out, StringComparison.Ordinal);
        Assert.Contains("source      unknown", result.Out, StringComparison.Ordinal);
        Assert.Empty(twin.Requests());
    }

    [Theory]
    [InlineData(Terminal.Key, true, null, ExitCode.Done, "active source 41 of site 29")]
    [InlineData("0E0B6A3E-6F7E-4A53-9C0F-5A2D3A1B7C11", true, null, ExitCode.Done, "active source 41 of site 29")]
    [InlineData(Terminal.Key, false, null, ExitCode.Destination, "is not active")]
    [InlineData("another", true, null, ExitCode.Destination, "no source of site 29 has this key")]
    [InlineData(Terminal.Key, true, "another token", ExitCode.Destination, "refuses the token")]
    public async Task With_a_token_it_asks_for_the_source(string known, bool active, string? token, int exit, string says)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Key = known, SourceActive = active, ConfigToken = token });
        var cli = Terminal.For(twin.Url);
        cli["Cax__ConfigApi__Token"] = "bearer-token";

        var result = await cli.RunAsync("check");

        Assert.Equal(exit, result.Exit);
        Assert.Contains(says, result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Terminal.Key, result.Out + result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("bearer-token", result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_out_of_reach_is_exit_3_and_gets_no_test()
    {
        var result = await Terminal.For(new Uri("http://127.0.0.1:1")).RunAsync("check", "--send-test");

        Assert.Equal(ExitCode.Destination, result.Exit);
        Assert.Contains("cannot be reached", result.Out, StringComparison.Ordinal);
        Assert.Contains("not sent", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_unusual_shape_is_wrong_unless_the_config_api_knows_it()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Key = "c2hvcnQ=" });
        var cli = Terminal.For(twin.Url);

        var alone = await cli.RunAsync("check", "--key", "c2hvcnQ=");
        cli["Cax__ConfigApi__Token"] = "t";
        var confirmed = await cli.RunAsync("check", "--key", "c2hvcnQ=");

        Assert.Equal((ExitCode.Usage, ExitCode.Done), (alone.Exit, confirmed.Exit));
        Assert.DoesNotContain("c2hvcnQ=", alone.Out + alone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_test_event_has_a_test_code_and_is_valid()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = true, SiteId = "29", Key = Terminal.Key });

        var result = await Terminal.For(twin.Url).RunAsync("check", "--send-test");

        Assert.Equal(ExitCode.Done, result.Exit);
        var sent = Assert.Single(twin.Events());
        Assert.Equal(Verdict.Valid, sent.Verdict);
        var code = System.Text.Json.JsonDocument.Parse(sent.Json).RootElement.GetProperty("test_code").GetString()!;
        Assert.Contains(code, result.Out, StringComparison.Ordinal);
        Assert.Contains("live event inspector", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_event_that_is_answered_401_is_exit_3()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = true, Key = "another" });

        var result = await Terminal.For(twin.Url).RunAsync("check", "--send-test");

        Assert.Equal(ExitCode.Destination, result.Exit);
        Assert.Contains("HTTP 401", result.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }
}
