using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cax.Cli.Output;
using Cax.Simulator;

namespace Cax.Cli.Commands;

/// <summary><c>cax simulate</c>: the local twin of CAX, until it is interrupted.</summary>
internal sealed class SimulateCommand(CliConsole console)
{
    private const int DefaultPort = 5080;
    private const int MostDelay = 3_600_000;

    private const string Summary = "Runs a strict local twin of the CAX endpoints on 127.0.0.1 until Ctrl+C.";

    private const string Details = """
        It takes POST /events and /events/batch, answers as the documentation says, and
        keeps what it gets in memory. It also plays the part of the Config API that
        `cax check` asks. On the way out it prints what it has seen.

        Exit codes: 0 stopped, 2 usage or the port is taken.
        """;

    public static Command Create(CliConsole console)
    {
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes any free one", HelpName = "PORT", DefaultValueFactory = _ => DefaultPort };
        var loud = new Option<bool>("--loud") { Description = "Answer 401 to a wrong key and 400 to a wrong content type, where CAX answers 200 and loses everything" };
        var key = new Option<string?>("--key") { Description = "The only source key that is known. Default: any", HelpName = "KEY" };
        var poison = new Option<string[]>("--poison") { Description = "Answer 400 to a request with an event that contains this text", HelpName = "TEXT" };
        var fail = new Option<TwinFault[]>("--fail")
        {
            Description = "Answer the next COUNT requests with STATUS, such as 503:2",
            HelpName = "STATUS:COUNT",
            CustomParser = result => [.. result.Tokens.Select(token => Fault(token, result)).OfType<TwinFault>()],
        };
        var delay = new Option<int>("--delay") { Description = "Hold each request up for so many milliseconds", HelpName = "MS" };
        var command = new DetailedCommand("simulate", Summary, Details) { port, loud, key, poison, fail, delay };
        Within(port, 0, ushort.MaxValue);
        Within(delay, 0, MostDelay);
        poison.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0)) result.AddError("--poison needs a text.");
        });
        command.SetAction((parsed, cancellation) => new SimulateCommand(console).RunAsync(
            new TwinOptions
            {
                Port = parsed.GetValue(port),
                Loud = parsed.GetValue(loud),
                Key = parsed.GetValue(key),
                Poison = parsed.GetValue(poison) ?? [],
                Faults = parsed.GetValue(fail) ?? [],
                Delay = TimeSpan.FromMilliseconds(parsed.GetValue(delay)),
                TimeProvider = console.Time,
            },
            cancellation));
        return command;
    }

    private async Task<int> RunAsync(TwinOptions options, CancellationToken cancellation)
    {
        CaxTwin twin;
        try
        {
            twin = await CaxTwin.StartAsync(options, cancellation);
        }
        catch (IOException)
        {
            console.Say(FormattableString.Invariant($"port {options.Port} is taken; --port chooses another one."));
            return ExitCode.Usage;
        }

        await using (twin)
        {
            var url = twin.Url.AbsoluteUri.TrimEnd('/');
            console.Say($"the twin of CAX listens on {url} until Ctrl+C");
            console.Error.WriteLine($"""
                  send to it     Cax__Endpoint={url} Cax__SiteId=1 Cax__SourceKey={(options.Key is null ? "any" : "...")} cax send FILE
                  what it got    curl {url}/twin/events     (or /twin/summary, /twin/requests)
                  inject faults  curl -d {"'{\"status\":503,\"count\":2,\"retryAfter\":\"1\"}'"} {url}/twin/faults
                  poison         curl -d {"'{\"poison\":\"TEXT\"}'"} {url}/twin/faults
                  forget         curl -X DELETE {url}/twin
                """);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, console.Time, cancellation);
            }
            catch (OperationCanceledException)
            {
                TwinText.Print(console, twin.Summary());
            }
        }

        return ExitCode.Done;
    }

    private static void Within(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token, ..]
            && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most))
        {
            result.AddError(FormattableString.Invariant($"{option.Name} must be a whole number from {least} to {most}."));
        }
    });

    private static TwinFault? Fault(Token token, ArgumentResult result)
    {
        var parts = token.Value.Split(':');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 200 and <= 599
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
        {
            return new TwinFault { Status = status, Count = count };
        }

        result.AddError("--fail must be STATUS:COUNT, such as 503:2.");
        return null;
    }
}
