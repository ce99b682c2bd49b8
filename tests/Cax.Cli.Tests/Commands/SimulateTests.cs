using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Cax.Cli.Tests.Support;
using Cax.Simulator;

namespace Cax.Cli.Tests.Commands;

public sealed partial class SimulateTests
{
    [Fact]
    public async Task It_runs_as_told_until_it_is_interrupted_and_then_tells_what_it_has_seen()
    {
        using var interrupt = new CancellationTokenSource();
        using var error = new Watcher("listens on");
        var running = new Terminal { Error = error }.RunAsync(
            ["simulate", "--port", "0", "--loud", "--key", "known", "--poison", "POISON", "--fail", "503:1", "--fail", "429:1", "--delay", "1"], interrupt.Token);
        var url = Url().Match(await error.Seen).Value;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(url, "known", "fine"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync(url, "known", "fine"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(url, "known", "fine"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(url, "known", "POISON"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(url, "unknown", "fine"));
        await interrupt.CancelAsync();
        var result = await running;

        Assert.Equal(ExitCode.Done, result.Exit);
        Assert.Contains("requests 5, events 1, different ids 1, repeated ids 0", result.Out, StringComparison.Ordinal);
        Assert.Contains("HTTP 401 1", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("known", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());

        var result = await new Terminal().RunAsync("simulate", "--port", $"{twin.Url.Port}");

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("is taken", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fail", "503")]
    [InlineData("--fail", "99:1")]
    [InlineData("--fail", "503:0")]
    [InlineData("--port", "65536")]
    [InlineData("--delay", "-1")]
    [InlineData("--poison", "")]
    public async Task An_option_that_makes_no_sense_is_told(string option, string value) =>
        Assert.Equal(ExitCode.Usage, (await new Terminal().RunAsync("simulate", option, value)).Exit);

    private static async Task<HttpStatusCode> PostAsync(string url, string key, string custom)
    {
        using var http = new HttpClient();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{\"batch\":[" + Messages.Event(custom) + "]}"));
        content.Headers.ContentType = new("application/json");
        using var response = await http.PostAsync(new Uri($"{url}/events/batch?tc_s=1&token={key}"), content);
        return response.StatusCode;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Url();
}
