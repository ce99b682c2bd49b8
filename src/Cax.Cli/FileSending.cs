using Cax.Cli.Commands;
using Cax.Cli.Input;
using Cax.Cli.Output;
using Cax.Core;
using Cax.Core.Delivery;
using Cax.Core.Exports;
using Cax.Core.Reports.Files;

namespace Cax.Cli;

/// <summary>Sends files one by one, as the Function app does, and shows how far each is.</summary>
internal sealed class FileSending(
    CliConsole console, PipelineSetup setup, CaxOptions options, ChosenMapping mapping, ExportStores stores, bool plain)
{
    private readonly ExportRuns _runs = new(setup, options, () => mapping.Catalog, stores, ProcessOwner.Name) { IsGone = ProcessOwner.IsGone };
    private readonly List<SentFile> _sent = [];

    /// <summary>Sends what was sent before, too.</summary>
    public bool Force { get; init; }

    /// <summary>What came of each file.</summary>
    public IReadOnlyList<SentFile> Sent => _sent;

    /// <summary>The exit code of what the accounts do not tell.</summary>
    public int Exit { get; private set; }

    public async Task<RunResult> SendAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var file = ExportFile.OfFile(path, Destination.DefaultName) with { Hints = mapping.Hints, IsForced = Force };
            var watch = new FileWatch(path, file.Length);
            var result = await new ProgressDisplay(console, plain).WatchAsync(
                _runs.RunAsync(file, watch, cancellation), () => watch.Accounts, () => watch.Troubles, watch);
            _sent.Add(new SentFile(path, result, stores.Reports.Name));
            Exit = Math.Max(Exit, ExitOf(result));
            return result.Run ?? Nothing(interrupted: cancellation.IsCancellationRequested && result.Ending == ExportEnding.Waiting);
        }
        catch (IOException e)
        {
            console.Say($"{path}: nothing was sent. How far a file has come is written to {stores.Reports.Name} (--report), and so is its report. {e.Message}");
            Exit = Math.Max(Exit, ExitCode.Destination);
            return Nothing(interrupted: false);
        }
    }

    private static int ExitOf(ExportResult result) => result switch
    {
        { Ending: ExportEnding.Waiting or ExportEnding.Busy } => ExitCode.Destination,
        { Verdict: FileVerdict.Gone } => ExitCode.Destination,
        _ => ExitCode.Done,
    };

    private static RunResult Nothing(bool interrupted) => new(AccountsJson.Nothing, Complete: true, interrupted, new Dictionary<string, Outcome>());
}

/// <summary>A file and what came of it.</summary>
/// <param name="Path">As it was typed.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Reports">The place of the reports.</param>
internal sealed record SentFile(string Path, ExportResult Result, string Reports)
{
    /// <summary>Where the page of its report is; null when there is none.</summary>
    public string? Page => Result.Report is { } report ? $"{Reports}/{report}/report.html" : null;
}
