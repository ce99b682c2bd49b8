using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.Exports;
using Cax.Core.Reports.Files;
using Cax.Core.Sources;
using Cax.Storage;
using CaxFunctions.Profiles;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Blobs;

/// <summary>Sends export files, and goes on with those that could not be finished.</summary>
/// <param name="runs">Sends them.</param>
/// <param name="options">All settings.</param>
/// <param name="profiles">The profiles that a path may name.</param>
/// <param name="exports">The container of export files.</param>
/// <param name="invocation">The boundary to the host.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed class ExportBlobs(
    ExportRuns runs, CaxOptions options, CurrentProfiles profiles, BlobContainerClient exports, BlobInvocation invocation, TimeProvider time, ILogger<ExportBlobs> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>Sends an export file, or goes on with it. Its path says where to, and which profile maps it.</summary>
    /// <exception cref="IOException">The stores cannot be reached, so nobody could remember the file: the host offers it again.</exception>
    public Task SendAsync(BlobClient blob, CancellationToken cancellation) => invocation.RunAsync(
        async ending =>
        {
            if (await BlobFile.FindAsync(blob, ending) is { } file)
            {
                Tell(file.Name, await runs.RunAsync(ExportOf(file), watch: null, ending));
                return null;
            }

            log.Gone($"{blob.BlobContainerName}/{blob.Name}");
            await runs.MissAsync(BlobFile.Missing(blob, PathOf(blob.Name).Destination, time.GetUtcNow()), ending);
            return null;
        },
        cancellation);

    /// <summary>
    /// Goes on with every file of the container that waits, or whose run died. Looks again each minute until nothing is under way, because the timer does
    /// not: it begins anew when this has ended. Throws for nothing but bugs of its own; the next minute brings the next try.
    /// </summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(ServiceBusOptions.LongestHold, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        var resumed = new ResumedFiles();
        do
        {
            foreach (var state in await UnfinishedAsync(ending.Token))
            {
                resumed.Begin(state, time.GetUtcNow(), () => ResumeAsync(state, ending.Token));
            }
        }
        while (await resumed.AreUnderWayAsync(Task.Delay(LookEvery, time, ending.Token)) && !ending.IsCancellationRequested);
        await resumed.EndAsync();
    }

    /// <summary>The files that may be gone on with, in the order in which they were worked on last: so each has its turn.</summary>
    private async Task<IReadOnlyList<ExportState>> UnfinishedAsync(CancellationToken cancellation)
    {
        var states = new List<ExportState>();
        try
        {
            await foreach (var state in runs.UnfinishedAsync(cancellation))
            {
                if (runs.IsFree(state) && BlobFile.IsOf(exports, state.Identity))
                {
                    states.Add(state);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is left waits for the next minute.
        }
        catch (IOException e)
        {
            // What was found before is gone on with.
            log.NotResumed(e.Message);
        }

        return [.. states.OrderBy(state => state.LeaseUntil)];
    }

    private async Task ResumeAsync(ExportState state, CancellationToken cancellation)
    {
        try
        {
            var file = await BlobFile.FindAsync(exports.GetBlobClient(state.Path), cancellation);
            var result = file is not null && file.Identity == state.Identity
                ? await runs.RunAsync(ExportOf(file) with { Destination = state.Destination }, watch: null, cancellation)
                : await runs.GiveUpAsync(state, cancellation);
            if (result is not null)
            {
                Tell(state.Name, result);
            }
        }
        catch (IOException e)
        {
            log.NotResumed(e.Message);
        }
#pragma warning disable CA1031 // The boundary to the host, which logs whatever it is thrown, whole.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            if (bug is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                log.Failed(BugTrace.Of(bug));
            }
        }
    }

    /// <summary>
    /// As the settings say now. A file that is gone on with keeps its destination, for another one would make it another file; a profile that the settings
    /// name anew maps it from its beginning.
    /// </summary>
    private ExportFile ExportOf(BlobFile file)
    {
        var path = PathOf(file.Path);
        return file.Export(path.Destination, MappingHints.None with { Profile = path.Profile });
    }

    private ExportPath PathOf(string path) => ExportPath.Read(path, options.Exports.Paths, options.Destinations.ContainsKey, profiles.Catalog.Has);

    private void Tell(string name, ExportResult result)
    {
        if (result.Run is { } run)
        {
            var records = run.Accounts.Records;
            log.Ended(
                name,
                records.Total,
                records.Sent,
                records.DeadLettered,
                records.Skipped,
                records.Returned,
                run.Accounts.ReasonsInWords(),
                run.Accounts.ProfilesInWords());
        }

        if (result.Ending == ExportEnding.Waiting)
        {
            log.Waits(name, result.Why ?? "");
        }
        else
        {
            // What a refused file has for a header may be a row of data, which is for its report and not for a log.
            var why = result.Verdict == FileVerdict.Refused ? "its report says why" : result.Why ?? "";
            log.Came(name, result.Ending, result.Verdict?.ToString() ?? "", why, result.Report ?? "");
        }
    }
}
