using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cax.Cli.Output;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Documents;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;

namespace Cax.Cli.Commands;

/// <summary><c>cax replay</c>: dead letters once more.</summary>
internal sealed class ReplayCommand(CliConsole console, bool dryRun, bool json)
{
    private const string Summary = "Sends what was parked once more.";

    private const string Details = """
        What the endpoint refused or could not take is sent again as it was. What failed
        in mapping, validation or for want of consent is mapped again from its original,
        by the rules, profiles and settings of today; --profile takes the place of the
        profile that the document names. Ids stay. The result is written beside the
        document; a document that was sent is not sent again, and one that was replayed
        three times in vain takes --force.
        """;

    public static Command Create(CliConsole console)
    {
        var directory = new Argument<string>("DIR") { Description = "The directory of dead letters, or the URL of a blob container" };
        var reason = new Option<string[]>("--reason") { Description = "Only what was parked for this reason, such as refused", HelpName = "REASON" };
        var since = new Option<DateTimeOffset?>("--since")
        {
            Description = "Only what was parked at this time or later, such as 2026-11-01 or 2026-11-01T08:00:00Z; without an offset, UTC",
            HelpName = "TIME",
            CustomParser = Time,
        };
        var id = new Option<string[]>("--id") { Description = "Only this event id, or the document of this name", HelpName = "ID" };
        var force = new Option<bool>("--force") { Description = "Also what was sent already, or replayed three times in vain" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would happen; sends and writes nothing, and needs no site and no key" };
        var json = new Option<bool>("--json") { Description = "Print the accounts as one JSON object" };
        reason.Validators.Add(result =>
        {
            if (!result.Tokens.All(token => ReasonCodes.All.Contains(token.Value)))
            {
                result.AddError("--reason must be a reason code, such as refused or consent_unknown: the name of the second level of directories below DIR.");
            }
        });
        var command = new DetailedCommand("replay", Summary, Details + "\n\n" + ExitCode.Help) { directory, reason, since, id, force, dryRun, json };
        var settings = SettingOptions.ForSending(command).WithReports().WithReading().WithMode();
        var mappings = MappingArguments.For(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var isDryRun = parsed.GetValue(dryRun);
            var options = settings.Read(console, parsed, needsDestination: !isDryRun);
            var place = DeadLetterPlace.Find(console, parsed.GetValue(directory)!, "DIR");
            var reports = options is null ? null : ReportPlace.Find(console, options.Reports.Directory, SettingOptions.Reports);
            var mapping = mappings.Read(console, parsed, options);
            if (place is null || options is null || reports is null || mapping is null)
            {
                return ExitCode.Usage;
            }

            var filter = new ReplayFilter(parsed.GetValue(reason) ?? [], parsed.GetValue(since), parsed.GetValue(id) ?? []);
            using var plan = new ReplayPlan(place.Store, filter, new ReplayOptions(parsed.GetValue(force), isDryRun) { Hints = mapping.Hints }, console.Time, console.Say);
            return await new ReplayCommand(console, isDryRun, parsed.GetValue(json)).RunAsync(options, plan, mapping.Mapper, place, reports, cancellation);
        });
        return command;
    }

    private async Task<int> RunAsync(
        CaxOptions options, ReplayPlan plan, IRecordMapper mapper, DeadLetterPlace place, IDocumentStore reports, CancellationToken cancellation)
    {
        try
        {
            if (!await place.ExistsAsync(cancellation))
            {
                console.Say($"{place.Name}: no such {place.Kind}");
                return ExitCode.Usage;
            }

            if (!dryRun && options.ConfigApi.Token is not null)
            {
                var names = await plan.DestinationsAsync(cancellation);
                var destinations = options.Destinations.Values.Where(destination => names.Contains(destination.Name));
                if (!await StartupCheck.PassesAsync(console, options, destinations, cancellation))
                {
                    return Nothing();
                }
            }
        }
        catch (IOException e)
        {
            console.Say($"{place.Name}: cannot be read. {e.Message}");
            return Nothing();
        }

        // What is parked again is parked already: its document and the result beside it say so.
        var receipts = new ReceiptBook(reports, new HashedIds(options.Mapping.Identity), console.Time, options.Reports.KeepReceiptsDays);
        using var telemetry = ReceiptNotices.For(console);
        var setup = new PipelineSetup(options, mapper, new NoDeadLetters(), http: null, console.Time, telemetry: telemetry, receipts: receipts);
        var pipeline = new EventPipeline(setup, new RunOptions { DryRun = dryRun, IgnoreEarlierRuns = true });
        var run = await new ProgressDisplay(console, plain: json).WatchAsync(
            pipeline.RunAsync(plan.DeliveriesAsync(cancellation), cancellation), () => pipeline.Accounts, () => pipeline.Troubles);
        var result = await plan.CompleteAsync(run, CancellationToken.None);
        if (result.Accounts.Records.Total == 0)
        {
            console.Say($"{place.Name}: no dead letter is meant by this.");
        }

        RunReport.Print(console, result, json, dryRun, place.Name);
        return ExitCode.Of(result, dryRun);
    }

    /// <summary>Nothing was done.</summary>
    private int Nothing()
    {
        if (json)
        {
            AccountsJson.Print(console, AccountsJson.Nothing, complete: false);
        }

        return ExitCode.Destination;
    }

    private static DateTimeOffset? Time(ArgumentResult result)
    {
        if (DateTimeOffset.TryParse(
            result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        result.AddError("--since must be a day or time such as 2026-11-01 or 2026-11-01T08:00:00Z.");
        return null;
    }
}
