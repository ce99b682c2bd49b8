using System.CommandLine;
using Cax.Cli.Input;
using Cax.Cli.Output;
using Cax.Core;
using Cax.Core.Delivery;
using Cax.Core.Documents;
using Cax.Core.Exports;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;

namespace Cax.Cli.Commands;

/// <summary><c>cax send</c>: files in, outcomes out.</summary>
internal sealed class SendCommand(CliConsole console, bool dryRun, bool json, bool force)
{
    private const string Summary = "Maps, validates, packs and sends the records of files.";

    private const string Details = """
        A file holds JSON (one value a line, an array, one value, or {"batch":[...]}) or
        rows (CSV, TSV), plain or packed with gzip. The shapes are the connector's own
        messages, CAX events of version 2 and 1, SegmentStream hits, and those of
        profiles (`cax profiles list`). What cannot go is parked with a reason, and a
        report says line by line what was refused and why. A file that was interrupted
        goes on where it ended; one that was sent is not sent again without --force.
        """;

    public static Command Create(CliConsole console)
    {
        var command = new DetailedCommand("send", Summary, Details + "\n\n" + ExitCode.Help);
        var files = new Argument<string[]>("FILE") { Description = "The files, or - for standard input", Arity = ArgumentArity.OneOrMore };
        var dryRun = new Option<bool>("--dry-run") { Description = "Map, validate, pack and show, but send and park nothing; needs no site and no key" };
        var json = new Option<bool>("--json") { Description = "Print the accounts as one JSON object" };
        var force = new Option<bool>("--force") { Description = "Also send files that were sent before" };
        command.Arguments.Add(files);
        var settings = SettingOptions.ForSending(command).WithDeadLetters().WithReports().WithReading().WithMode();
        var mappings = MappingArguments.For(command);
        command.Options.Add(force);
        command.Options.Add(dryRun);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var isDryRun = parsed.GetValue(dryRun);
            var options = settings.Read(console, parsed, needsDestination: !isDryRun);
            var input = InputFiles.Check(console, parsed.GetValue(files)!);
            var place = options is null ? null : DeadLetterPlace.Find(console, options.DeadLetters.Directory, SettingOptions.DeadLetters);
            var reports = options is null ? null : ReportPlace.Find(console, options.Reports.Directory, SettingOptions.Reports);
            var mapping = mappings.Read(console, parsed, options);
            return options is null || input is null || place is null || reports is null || mapping is null
                ? ExitCode.Usage
                : await new SendCommand(console, isDryRun, parsed.GetValue(json), parsed.GetValue(force)).RunAsync(
                    options, input, mapping, place, reports, cancellation);
        });
        return command;
    }

    private async Task<int> RunAsync(CaxOptions options, InputFiles input, ChosenMapping mapping, DeadLetterPlace place, IDocumentStore reports, CancellationToken cancellation)
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

        var ids = new HashedIds(options.Mapping.Identity);
        var receipts = new ReceiptBook(reports, ids, console.Time, options.Reports.KeepReceiptsDays);
        using var telemetry = ReceiptNotices.For(console);
        var setup = new PipelineSetup(options, mapping.Mapper, place.Store, http: null, console.Time, telemetry: telemetry, receipts: receipts);
        if (dryRun)
        {
            var rehearsal = await StreamAsync(setup, input.Deliveries(options.Sources, Destination.DefaultName, mapping), cancellation);
            RunReport.Print(console, rehearsal, json, dryRun: true, place.Name);
            return ExitCode.Of(rehearsal, dryRun: true);
        }

        var stores = new ExportStores(reports, place.Documents, receipts, ids);
        var files = new FileSending(console, setup, options, mapping, stores, json) { Force = force };
        var result = await SendAsync(setup, options, input, mapping, files, cancellation);
        RunReport.Print(console, result, json, dryRun: false, place.Name, files.Sent);

        // With --json, standard output is the object's alone.
        RunReport.PrintCaveat(json ? console.Error : console.Out);
        return Math.Max(ExitCode.Of(result, dryRun: false), files.Exit);
    }

    /// <summary>One input after the other.</summary>
    private async Task<RunResult> SendAsync(
        PipelineSetup setup, CaxOptions options, InputFiles input, ChosenMapping mapping, FileSending files, CancellationToken cancellation)
    {
        var all = new RunResult(AccountsJson.Nothing, Complete: true, Interrupted: false, new Dictionary<string, Outcome>());
        foreach (var path in input.Paths)
        {
            var one = path is null
                ? await StreamAsync(setup, [input.StandardInputDelivery(options.Sources, Destination.DefaultName, mapping)], cancellation)
                : await files.SendAsync(path, cancellation);
            all = all.Plus(one);
            if (all.Interrupted || all.Stopped.Count > 0)
            {
                return all with { Complete = all.Complete && path == input.Paths.Last() };
            }
        }

        return all;
    }

    private async Task<RunResult> StreamAsync(PipelineSetup setup, IEnumerable<SourceDelivery> deliveries, CancellationToken cancellation)
    {
        var pipeline = new EventPipeline(setup, new RunOptions { DryRun = dryRun });
        return await new ProgressDisplay(console, plain: json).WatchAsync(
            pipeline.RunAsync(deliveries.ToAsyncEnumerable(), cancellation), () => pipeline.Accounts, () => pipeline.Troubles);
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
