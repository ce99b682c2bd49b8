using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.Exports;
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
/// <param name="log">The log.</param>
public sealed class ExportBlobs(
    ExportRuns runs, CaxOptions options, CurrentProfiles profiles, BlobContainerClient exports, BlobInvocation invocation, ILogger<ExportBlobs> log)
{
    /// <summary>How many files that wait are worked on at a time.</summary>
    private const int AtATime = 2;

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
            await runs.MissAsync(BlobFile.Missing(blob, PathOf(blob.Name).Destination), ending);
            return null;
        },
        cancellation);

    /// <summary>Goes on with every file that waits, or whose run died. Throws for nothing but cancellation: the next minute brings the next try.</summary>
    public async Task ResumeAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ending.CancelAfter(ServiceBusOptions.LongestHold);
        try
        {
            await Parallel.ForEachAsync(
                runs.UnfinishedAsync(ending.Token),
                new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = ending.Token },
                ResumeAsync);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // What is left waits for the next minute.
        }
        catch (IOException e)
        {
            log.NotResumed(e.Message);
        }
    }

    private async ValueTask ResumeAsync(ExportState state, CancellationToken cancellation)
    {
        if (!runs.IsFree(state))
        {
            return;
        }

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
        catch (Exception bug) when (bug is not OperationCanceledException || !cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.Failed(BugTrace.Of(bug));
        }
    }

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
            log.Came(name, result.Ending, result.Verdict?.ToString() ?? "", result.Why ?? "", result.Report ?? "");
        }
    }
}
