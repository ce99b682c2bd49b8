using System.CommandLine;
using System.Globalization;
using Cax.Cli.Stories;
using Cax.Core;
using Cax.Core.Documents;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;

namespace Cax.Cli.Commands;

/// <summary><c>cax find</c>: what happened to one order.</summary>
internal sealed class FindCommand(CliConsole console, bool json)
{
    private const int NotFound = 1;

    private const string Summary = "Tells what happened to an order or lead.";

    private const string Details = """
        Looks for the id in the receipts of all runs and in the dead letters, and tells
        what became of it, oldest first: when, why, and in which file and line or in
        which message it came. A leading # makes no difference. Nothing else of the order
        is shown. Receipts hold ids only as hashes, so site and Cax__Identity__HashKey
        must be as they were; a record that was skipped or parked before it came to an
        event has no id in its receipt.

        Exit codes:
          0    found
          1    not found
          2    usage or configuration, or a place that cannot be read
        """;

    public static Command Create(CliConsole console)
    {
        var id = new Argument<string>("ORDER-ID") { Description = "The id of the order, refund or lead, as its events have it" };
        var days = new Option<int?>("--days") { Description = "Only what happened in the last N days. Default: as long as receipts are kept", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Print the story as one JSON object" };
        id.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Trim('#').Length == 0))
            {
                result.AddError("ORDER-ID must not be empty.");
            }
        });
        days.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..]
                && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 3_650))
            {
                result.AddError("--days must be a whole number from 1 to 3650.");
            }
        });
        var command = new DetailedCommand("find", Summary, Details) { id, days, json };
        var settings = SettingOptions.ForFinding(command).WithDeadLetters().WithReports();
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = settings.Read(console, parsed, needsDestination: false);
            var place = options is null ? null : DeadLetterPlace.Find(console, options.DeadLetters.Directory, SettingOptions.DeadLetters);
            var reports = options is null ? null : ReportPlace.Find(console, options.Reports.Directory, SettingOptions.Reports);
            return options is null || place is null || reports is null
                ? ExitCode.Usage
                : await new FindCommand(console, parsed.GetValue(json)).RunAsync(
                    new OrderId(parsed.GetValue(id)!), parsed.GetValue(days) ?? options.Reports.KeepReceiptsDays, options, place, reports, cancellation);
        });
        return command;
    }

    private async Task<int> RunAsync(
        OrderId id, int days, CaxOptions options, DeadLetterPlace place, IDocumentStore reports, CancellationToken cancellation)
    {
        var now = console.Time.GetUtcNow();
        var ids = new HashedIds(options.Mapping.Identity);
        var story = new OrderStory(id, now.AddDays(-days));
        try
        {
            await story.ReadAsync(new ReceiptBook(reports, ids, console.Time), ids, DateOnly.FromDateTime(now.UtcDateTime), cancellation);
            if (await place.ExistsAsync(cancellation))
            {
                await story.ReadAsync(place.Store, cancellation);
            }
        }
        catch (IOException e)
        {
            console.Say(e.Message);
            return ExitCode.Usage;
        }

        var entries = story.Entries();
        if (json)
        {
            StoryJson.Print(console, entries);
        }
        else
        {
            StoryText.Print(console, entries);
        }

        if (story.Unreadable > 0)
        {
            console.Say(FormattableString.Invariant($"{story.Unreadable} receipts or dead letters cannot be read."));
        }

        if (entries.Count == 0)
        {
            console.Say(FormattableString.Invariant(
                $"not found in the last {days} days, neither in {reports.Name} nor in {place.Name}. Were site and Cax__Identity__HashKey the same when it was sent?"));
        }

        return entries.Count > 0 ? ExitCode.Done : NotFound;
    }
}
