using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Storage;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Blobs;

/// <summary>
/// Takes documents of dead letters through the pipeline. What cannot be done now is left where it is, with an exception that makes the host offer the blob
/// again.
/// </summary>
/// <param name="setup">The pipeline.</param>
/// <param name="options">All settings.</param>
/// <param name="deadLetters">The container of dead letters.</param>
/// <param name="invocation">The boundary to the host.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed class ReplayBlobs(
    PipelineSetup setup, CaxOptions options, BlobContainerClient deadLetters, BlobInvocation invocation, TimeProvider time, ILogger<ReplayBlobs> log)
{
    /// <summary>Replays a document of dead letters, as <c>cax replay</c> does, and archives it.</summary>
    /// <exception cref="IOException">Something is left to be done: the host offers the document again.</exception>
    public Task ReplayAsync(BlobClient blob, CancellationToken cancellation) => invocation.RunAsync(
        async ending =>
        {
            if (await BlobFile.FindAsync(blob, ending) is not { } file)
            {
                log.Gone($"{blob.BlobContainerName}/{blob.Name}");
                return null;
            }

            var result = await ReplayAsync(blob, file, ending);
            Tell(file, result);
            return result.IsDone ? null : FormattableString.Invariant(
                $"{file.Name}: {result.Accounts.Records.Returned} of {result.Accounts.Records.Total} records are still to be sent{(result.Complete ? "" : ", and it was not read to its end")}; the host offers it again. {string.Join(" ", result.Unreadable)}");
        },
        cancellation);

    private async Task<RunResult> ReplayAsync(BlobClient blob, BlobFile file, CancellationToken ending)
    {
        var replay = new ReplayBlob(blob, file, deadLetters, time);
        using var document = replay.Document(why => log.NotReplayed(file.Name, why));
        var pipeline = new EventPipeline(setup, new RunOptions { HoldFor = options.Exports.HoldFor, IgnoreEarlierRuns = true });
        var run = await pipeline.RunAsync(document.DeliveriesAsync(ending), ending);
        var result = await document.CompleteAsync(run, CancellationToken.None);
        if (result.IsDone)
        {
            await replay.ArchiveAsync(CancellationToken.None);
        }

        return result;
    }

    private void Tell(BlobFile file, RunResult result)
    {
        var records = result.Accounts.Records;
        log.Ended(
            file.Name,
            records.Total,
            records.Sent,
            records.DeadLettered,
            records.Skipped,
            records.Returned,
            result.Accounts.ReasonsInWords(),
            result.Accounts.ProfilesInWords());
    }
}
