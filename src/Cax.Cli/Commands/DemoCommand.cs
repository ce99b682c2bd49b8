using System.CommandLine;
using Cax.Cli.Demo;
using Cax.Cli.Output;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Documents;
using Cax.Core.Exports;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;
using Cax.Simulator;

namespace Cax.Cli.Commands;

/// <summary><c>cax demo</c>: the connector at work, against its twin.</summary>
internal sealed class DemoCommand(CliConsole console, bool json)
{
    private const string Summary = "Shows the connector at work: some 2,000 records, good and bad, sent to a local twin of CAX.";

    private const string Details = """
        Starts the twin inside this process, sends it a sample of all accepted shapes
        through two outages and a refusal, then an export file with some bad rows, and
        compares its own accounts with what the twin received. Needs no settings and no
        network, and writes only below --out.

        Exit codes: 0 the accounts and the twin agree, 1 they do not, 2 usage,
        130 interrupted.
        """;

    public static Command Create(CliConsole console)
    {
        var directory = new Option<string?>("--out") { Description = "Where the sample and the dead letters go. Default: a new temporary directory", HelpName = "DIR" };
        var json = new Option<bool>("--json") { Description = "Print the accounts and the twin's counts as one JSON object" };
        var command = new DetailedCommand("demo", Summary, Details) { directory, json };
        command.SetAction((parsed, cancellation) =>
            new DemoCommand(console, parsed.GetValue(json)).RunAsync(parsed.GetValue(directory), cancellation));
        return command;
    }

    private async Task<int> RunAsync(string? chosen, CancellationToken cancellation)
    {
        string directory;
        IReadOnlyList<DemoFile> files;
        DemoFile export;
        try
        {
            directory = chosen is null ? Directory.CreateTempSubdirectory("cax-demo-").FullName : Directory.CreateDirectory(chosen).FullName;
            var sample = new DemoSample(console.Time.GetUtcNow());
            files = sample.Write(directory);
            export = sample.WriteExport(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            console.Say($"--out: {e.Message}");
            return ExitCode.Usage;
        }

        await using var twin = await CaxTwin.StartAsync(
            new TwinOptions
            {
                Loud = true,
                SiteId = DemoSettings.Site,
                Key = DemoSettings.Key,
                Poison = [DemoSample.Poison],
                Faults = [new TwinFault { Status = 503, Count = 2 }, new TwinFault { Status = 429, RetryAfter = "1" }],
                TimeProvider = console.Time,
            },
            cancellation);
        var story = new DemoStory(console);
        if (!json)
        {
            story.Begin(twin.Url, [.. files, export]);
        }

        var (run, sent, witness) = await SendAsync(twin.Url, files, export, directory, cancellation);
        var check = new DemoCheck(run, witness, twin);
        if (json)
        {
            AccountsJson.Print(console, run.Accounts, run.Complete, more =>
            {
                FileLines.Write(more, sent);
                DemoStory.Write(more, check);
            });
            console.Say($"sample and dead letters are in {directory}");
        }
        else
        {
            story.End(run, sent, check, directory);
        }

        return run.Interrupted ? ExitCode.Interrupted : check.Agrees ? ExitCode.Done : ExitCode.Parked;
    }

    private async Task<(RunResult Run, IReadOnlyList<SentFile> Sent, DemoWitness Witness)> SendAsync(
        Uri endpoint, IReadOnlyList<DemoFile> files, DemoFile export, string directory, CancellationToken cancellation)
    {
        var deadLetters = Path.Combine(directory, "dead-letters");
        var options = DemoSettings.For(endpoint, deadLetters);
        var witness = new DemoWitness(new RecordMapper(options.Mapping), new DirectoryDeadLetterStore(deadLetters));
        var setup = new PipelineSetup(options, witness, witness, http: null, console.Time);
        var pipeline = new EventPipeline(setup, new RunOptions());
        var deliveries = files.Select(file => (SourceDelivery)StreamDelivery.Of(
            StreamSource.OfFile(file.Path), options.Sources with { Name = file.Source }, Destination.DefaultName, ProfileCatalog.BuiltIn));
        var run = await new ProgressDisplay(console, plain: json).WatchAsync(
            pipeline.RunAsync(deliveries.ToAsyncEnumerable(), cancellation), () => pipeline.Accounts, () => pipeline.Troubles);

        var ids = new HashedIds(options.Mapping.Identity);
        var reports = new DirectoryDocuments(Path.Combine(directory, "reports"));
        var stores = new ExportStores(reports, new DirectoryDocuments(deadLetters), new ReceiptBook(reports, ids, console.Time), ids);
        var sending = new FileSending(console, setup, options, new ChosenMapping(witness, ProfileCatalog.BuiltIn, MappingHints.None), stores, json);
        return (run.Plus(await sending.SendAsync(export.Path, cancellation)), sending.Sent, witness);
    }
}
