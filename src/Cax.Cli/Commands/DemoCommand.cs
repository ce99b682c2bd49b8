using System.CommandLine;
using Cax.Cli.Demo;
using Cax.Cli.Output;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;
using Cax.Simulator;

namespace Cax.Cli.Commands;

/// <summary><c>cax demo</c>: the connector at work, against its twin.</summary>
internal sealed class DemoCommand(CliConsole console, bool json)
{
    private const string Summary = "Shows the connector at work: some 2,000 records, good and bad, sent to a local twin of CAX.";

    private const string Details = """
        Starts the twin inside this process, sends it a sample of all accepted shapes
        through two outages and a refusal, and compares its own accounts with what the
        twin received. Needs no settings and no network, and writes only below --out.

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
        try
        {
            directory = chosen is null ? Directory.CreateTempSubdirectory("cax-demo-").FullName : Directory.CreateDirectory(chosen).FullName;
            files = new DemoSample(console.Time.GetUtcNow()).Write(directory);
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
            story.Begin(twin.Url, files);
        }

        var (run, witness) = await SendAsync(twin.Url, files, Path.Combine(directory, "dead-letters"), cancellation);
        var check = new DemoCheck(run, witness, twin);
        if (json)
        {
            AccountsJson.Print(console, run.Accounts, run.Complete, more => DemoStory.Write(more, check));
            console.Say($"sample and dead letters are in {directory}");
        }
        else
        {
            story.End(run, check, directory);
        }

        return run.Interrupted ? ExitCode.Interrupted : check.Agrees ? ExitCode.Done : ExitCode.Parked;
    }

    private async Task<(RunResult Run, DemoWitness Witness)> SendAsync(
        Uri endpoint, IReadOnlyList<DemoFile> files, string deadLetters, CancellationToken cancellation)
    {
        var options = DemoSettings.For(endpoint, deadLetters);
        var witness = new DemoWitness(new RecordMapper(options.Mapping), new DirectoryDeadLetterStore(deadLetters));
        var pipeline = new EventPipeline(new PipelineSetup(options, witness, witness, http: null, console.Time), new RunOptions());
        var deliveries = files.Select(file => (SourceDelivery)StreamDelivery.Of(
            StreamSource.OfFile(file.Path), options.Sources with { Name = file.Source }, Destination.DefaultName, ProfileCatalog.BuiltIn));
        var run = await new ProgressDisplay(console, plain: json).WatchAsync(
            pipeline.RunAsync(deliveries.ToAsyncEnumerable(), cancellation), () => pipeline.Accounts, () => pipeline.Troubles);
        return (run, witness);
    }
}
