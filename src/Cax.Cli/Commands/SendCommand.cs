using System.CommandLine;
using Cax.Cli.Input;
using Cax.Cli.Output;
using Cax.Core;
using Cax.Core.Delivery;

namespace Cax.Cli.Commands;

/// <summary><c>cax send</c>: files in, outcomes out.</summary>
internal sealed class SendCommand(CliConsole console, bool dryRun, bool json)
{
    private const string Summary = "Maps, validates, packs and sends the records of files.";

    private const string Details = """
        A file holds JSON: one value a line, an array, one value, or {"batch":[...]}.
        The shapes are the connector's own messages, CAX events of version 2 and 1,
        SegmentStream hits, and those of profiles (`cax profiles list`). What cannot go
        is parked with a reason.
        """;

    public static Command Create(CliConsole console)
    {
        var command = new DetailedCommand("send", Summary, Details + "\n\n" + ExitCode.Help);
        var files = new Argument<string[]>("FILE") { Description = "The files, or - for standard input", Arity = ArgumentArity.OneOrMore };
        var dryRun = new Option<bool>("--dry-run") { Description = "Map, validate, pack and show, but send and park nothing; needs no site and no key" };
        var json = new Option<bool>("--json") { Description = "Print the accounts as one JSON object" };
        command.Arguments.Add(files);
        var settings = SettingOptions.ForSending(command).WithDeadLetters().WithReading().WithMode();
        var mappings = MappingArguments.For(command);
        command.Options.Add(dryRun);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var isDryRun = parsed.GetValue(dryRun);
            var options = settings.Read(console, parsed, needsDestination: !isDryRun);
            var input = InputFiles.Check(console, parsed.GetValue(files)!);
            var place = options is null ? null : DeadLetterPlace.Find(console, options.DeadLetters.Directory, SettingOptions.DeadLetters);
            var mapping = mappings.Read(console, parsed, options);
            return options is null || input is null || place is null || mapping is null
                ? ExitCode.Usage
                : await new SendCommand(console, isDryRun, parsed.GetValue(json)).RunAsync(options, input, mapping, place, cancellation);
        });
        return command;
    }

    private async Task<int> RunAsync(CaxOptions options, InputFiles input, ChosenMapping mapping, DeadLetterPlace place, CancellationToken cancellation)
    {
        if (!dryRun && !await StartupCheck.PassesAsync(console, options, [options.Destinations[Destination.DefaultName]], cancellation))
        {
            if (json)
            {
                AccountsJson.Print(console, AccountsJson.Nothing, complete: false);
            }

            return ExitCode.Destination;
        }

        if (!dryRun)
        {
            await WarnOfAsync(place, cancellation);
        }

        var setup = new PipelineSetup(options, mapping.Mapper, place.Store, http: null, console.Time);
        var pipeline = new EventPipeline(setup, new RunOptions { DryRun = dryRun });
        var deliveries = input.Deliveries(options.Sources, Destination.DefaultName, mapping.Hints).ToAsyncEnumerable();
        var result = await new ProgressDisplay(console, plain: json).WatchAsync(
            pipeline.RunAsync(deliveries, cancellation), () => pipeline.Accounts, () => pipeline.Troubles);
        RunReport.Print(console, result, json, dryRun, place.Name);
        if (!dryRun)
        {
            // With --json, standard output is the object's alone.
            RunReport.PrintCaveat(json ? console.Error : console.Out);
        }

        return ExitCode.Of(result, dryRun);
    }

    /// <summary>What is fit to be sent needs no place to park; the rest stays where it is.</summary>
    private async Task WarnOfAsync(DeadLetterPlace place, CancellationToken cancellation)
    {
        try
        {
            await place.ExistsAsync(cancellation);
        }
        catch (IOException e)
        {
            console.Say($"warning: {place.Name}: nothing can be parked there, so what cannot be sent stays in its source. {e.Message}");
        }
    }
}
