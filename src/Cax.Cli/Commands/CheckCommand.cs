using System.CommandLine;
using System.Globalization;
using Cax.Cli.Checking;
using Cax.Cli.Output;
using Cax.Core;
using Cax.Core.Delivery;

namespace Cax.Cli.Commands;

/// <summary><c>cax check</c>: is all that is needed for sending there?</summary>
internal sealed class CheckCommand(CliConsole console)
{
    private const string Summary = "Checks endpoint and key, and with a Config API token the source behind the key.";

    private const string Details = """
        CAX answers 200 to any key, so a wrong one shows only in missing data. With a
        token of the Config API (Cax__ConfigApi__Token, from your CAX contact) this
        command says whether the key belongs to an active source. With --send-test it
        sends one event with a test_code, and says where in CAX to look for it.

        Exit codes (the highest that applies):
          0    nothing is wrong as far as anybody can tell
          1    the test event was parked
          2    usage or configuration; also a key of unusual shape that nobody confirms
          3    the endpoint or the Config API is out of reach or refuses, or the key
               belongs to no active source
          130  interrupted
        """;

    private readonly Ink _ink = Ink.For(console);

    public static Command Create(CliConsole console)
    {
        var test = new Option<bool>("--send-test") { Description = "Send one event with a test_code" };
        var command = new DetailedCommand("check", Summary, Details) { test };
        var settings = SettingOptions.ForSending(command);
        command.SetAction(async (parsed, cancellation) => settings.Read(console, parsed, needsDestination: true) is { } options
            ? await new CheckCommand(console).RunAsync(options, parsed.GetValue(test), cancellation)
            : ExitCode.Usage);
        return command;
    }

    private async Task<int> RunAsync(CaxOptions options, bool sendsTest, CancellationToken cancellation)
    {
        var exit = ExitCode.Done;
        foreach (var (name, destination) in options.Destinations.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            console.Out.WriteLine(_ink.Bold($"destination {name}: site {destination.SiteId} at {destination.Endpoint.AbsoluteUri}"));
            exit = Math.Max(exit, await CheckAsync(options, destination, cancellation));
        }

        if (sendsTest && exit < ExitCode.Destination)
        {
            exit = Math.Max(exit, await SendTestAsync(options, cancellation));
        }
        else if (sendsTest)
        {
            Tell(Mark.No, "test event", "not sent, because of the above");
        }

        return exit;
    }

    private async Task<int> CheckAsync(CaxOptions options, Destination destination, CancellationToken cancellation)
    {
        var answer = await new EndpointProbe(console.Time).AskAsync(destination.Endpoint, cancellation);
        Tell(answer.IsThere ? Mark.Yes : Mark.No, "endpoint", answer.Detail);
        var verdict = await new SourceCheck(options.ConfigApi, http: null, console.Time).CheckAsync(destination, cancellation);
        var isConfirmed = verdict.Standing == SourceStanding.Active;
        var isUsual = destination.Key.HasUsualShape;
        Tell(isUsual ? Mark.Yes : isConfirmed ? Mark.Maybe : Mark.No, "key", isUsual
            ? "has the shape of a source key (a UUID)"
            : "has not the shape of a source key (a UUID such as 0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11): was it cut off or mistyped?");
        Tell(isConfirmed ? Mark.Yes : verdict.Standing == SourceStanding.NotChecked ? Mark.Maybe : Mark.No, "source", verdict.Detail);
        return !answer.IsThere || (!isConfirmed && verdict.Standing != SourceStanding.NotChecked) ? ExitCode.Destination
            : isUsual || isConfirmed ? ExitCode.Done
            : ExitCode.Usage;
    }

    private async Task<int> SendTestAsync(CaxOptions options, CancellationToken cancellation)
    {
        var test = new TestEvent(console.Time.GetUtcNow());
        var (result, outcome) = await test.SendAsync(options, console.Time, cancellation);
        var isSent = outcome?.Kind == OutcomeKind.Sent;
        Tell(isSent ? Mark.Yes : Mark.No, "test event", isSent
            ? string.Create(CultureInfo.InvariantCulture, $"handed over: event_name {TestEvent.Name}, test_code {test.Code}")
            : outcome?.Detail ?? "not sent");
        if (isSent)
        {
            console.Out.WriteLine();
            AccountsText.PrintWrapped(
                console.Out,
                $"Look for it in CAX: open your source, then its live event inspector, and search for test_code {test.Code}. Test events stay there for a day. An event that does not show up there within minutes did not reach your source: check site and key.",
                "",
                0);
        }

        return ExitCode.Of(result, dryRun: false);
    }

    private void Tell(Mark mark, string what, string detail)
    {
        var word = mark switch
        {
            Mark.Yes => _ink.Good("ok       "),
            Mark.Maybe => _ink.Careful("unknown  "),
            _ => _ink.Bad("wrong    "),
        };
        AccountsText.PrintWrapped(console.Out, detail, "  " + what.PadRight(12) + word, 23);
    }

    private enum Mark
    {
        Yes,
        Maybe,
        No,
    }
}
