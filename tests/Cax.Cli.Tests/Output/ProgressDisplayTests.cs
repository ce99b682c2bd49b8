using Cax.Cli.Input;
using Cax.Cli.Output;
using Cax.Cli.Tests.Support;
using Cax.Core.Delivery;
using Cax.Core.Reports;

namespace Cax.Cli.Tests.Output;

public sealed class ProgressDisplayTests
{
    private static readonly Dictionary<string, Trouble> Down = new() { ["default"] = new Trouble(HandClock.Start.AddSeconds(1), "HTTP 503") };

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Without_a_terminal_or_on_request_a_line_comes_every_two_seconds(bool isTerminal, bool plain)
    {
        var clock = new HandClock();
        using var error = new StringWriter();
        var run = new TaskCompletionSource<int>();
        var read = 0L;
        var watching = Display(clock, error, isTerminal, plain).WatchAsync(
            run.Task, () => AccountsJson.Nothing with { Records = new Tally(read += 1_500, 0, 2, 0, 0), Requests = 7 },
            () => read > 1_500 ? Down : []);

        Assert.Equal(TimeSpan.FromSeconds(2), await clock.FireAsync());
        await clock.FireAsync();
        await clock.NextAsync();
        run.SetResult(5);

        Assert.Equal(5, await watching);
        Assert.Equal(
            """
            cax: 00:00:02  records read 1,500, sent 0, parked 2, skipped 0, returned 0; requests 7
            cax: 00:00:04  records read 3,000, sent 0, parked 2, skipped 0, returned 0; requests 7
            cax: destination default: HTTP 503, for 00:00:03 now; waiting to try again

            """.ReplaceLineEndings("\n"),
            error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_short_run_needs_no_line()
    {
        using var error = new StringWriter();

        await Display(new HandClock(), error, isTerminal: false, plain: false).WatchAsync(Task.FromResult(1), () => AccountsJson.Nothing, () => Down);

        Assert.Empty(error.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_file_it_shows_how_much_is_read_at_which_rate_and_how_long_it_will_take(bool isTerminal)
    {
        var clock = new HandClock();
        using var error = new StringWriter();
        var run = new TaskCompletionSource<int>();
        var file = new FileWatch("export.csv.gz", 1_000);
        file.Reads(250);
        var watching = Display(clock, error, isTerminal, plain: false).WatchAsync(
            run.Task, () => AccountsJson.Nothing with { Records = new Tally(600, 0, 0, 0, 0) }, () => new Dictionary<string, Trouble>(), file);

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromSeconds(2);)
        {
            passed += await clock.FireAsync();
        }

        await clock.NextAsync();
        run.SetResult(5);
        await watching;

        // A terminal is drawn anew six times a second, so its last picture is a little later.
        Assert.Contains($"25 % read, {(isTerminal ? 286 : 300)} records/s, about 00:00:06 left", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(isTerminal, error.ToString().Contains("[#######.......................]  export.csv.gz", StringComparison.Ordinal));
    }

    private static ProgressDisplay Display(TimeProvider clock, TextWriter error, bool isTerminal, bool plain) => new(
        new CliConsole
        {
            Out = TextWriter.Null,
            Error = error,
            Input = Stream.Null,
            Environment = new Dictionary<string, string>(),
            Time = clock,
            ErrorIsTerminal = isTerminal,
        },
        plain);
}
