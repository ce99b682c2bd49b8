using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Sources;
using Cax.Storage;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Blobs;

/// <summary>Takes blobs through the pipeline. What cannot be done now is left where it is, with an exception that makes the host offer the blob again.</summary>
/// <param name="setup">The pipeline.</param>
/// <param name="options">All settings.</param>
/// <param name="deadLetters">The container of dead letters.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed class BlobRuns(PipelineSetup setup, CaxOptions options, BlobContainerClient deadLetters, TimeProvider time, ILogger<BlobRuns> log)
{
    /// <summary>How long after the hold an invocation may still take: enough to end orderly before the host's time-out, which would end the process.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>A run that failed sooner than after this part of the hold is not given back before.</summary>
    private const int Rests = 10;

    /// <summary>Sends an export file. The first folder of its path names the destination; a file in no folder goes to the first one.</summary>
    /// <exception cref="IOException">Something is left to be done: the host offers the file again.</exception>
    public Task ExportAsync(BlobClient blob, CancellationToken cancellation) => GuardAsync(async () =>
    {
        if (await FindAsync(blob, cancellation) is not { } file)
        {
            return;
        }

        var delivery = file.Delivery(options.Sources, DestinationOf(file.Path));
        var result = await RunAsync([delivery], new RunOptions { HoldFor = options.Exports.HoldFor }, cancellation);
        Tell(file, result);
    }, cancellation);

    /// <summary>Replays a document of dead letters, as <c>cax replay</c> does, and archives it.</summary>
    /// <exception cref="IOException">Something is left to be done: the host offers the document again.</exception>
    public Task ReplayAsync(BlobClient blob, CancellationToken cancellation) => GuardAsync(async () =>
    {
        if (await FindAsync(blob, cancellation) is not { } file)
        {
            return;
        }

        var replay = new ReplayBlob(blob, file, deadLetters, time);
        using var document = replay.Document(why => log.NotReplayed(why));
        var run = await RunAsync(
            document.DeliveriesAsync(cancellation), new RunOptions { HoldFor = options.Exports.HoldFor, IgnoreEarlierRuns = true }, cancellation);
        Tell(file, await document.CompleteAsync(run, CancellationToken.None));
        await replay.ArchiveAsync(CancellationToken.None);
    }, cancellation);

    /// <summary>The host logs what it is thrown, whole: the texts of what lies beneath may hold anything.</summary>
    private async Task GuardAsync(Func<Task> run, CancellationToken cancellation)
    {
        var began = time.GetUtcNow();
        try
        {
            await run();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (IOException e)
        {
            await RestAsync(began + (options.Exports.HoldFor / Rests), cancellation);
            throw new IOException(e.Message);
        }
#pragma warning disable CA1031 // It goes on as an exception that holds nothing of others.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            log.Failed(BugTrace.Of(bug));
            throw new InvalidOperationException($"A run over a blob failed in a way it should not ({bug.GetType().Name}). This is a bug of the connector.");
        }
    }

    /// <summary>The host offers a blob again at once, and five times in all: without a rest, a store that fails for a minute would use them up.</summary>
    private async Task RestAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        var rest = until - time.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Null when the blob was deleted since it was offered.</summary>
    private async Task<BlobFile?> FindAsync(BlobClient blob, CancellationToken cancellation)
    {
        var file = await BlobFile.FindAsync(blob, cancellation);
        if (file is null)
        {
            log.Gone(blob.BlobContainerName);
        }

        return file;
    }

    private Task<RunResult> RunAsync(IEnumerable<SourceDelivery> deliveries, RunOptions run, CancellationToken cancellation) =>
        RunAsync(deliveries.ToAsyncEnumerable(), run, cancellation);

    private async Task<RunResult> RunAsync(IAsyncEnumerable<SourceDelivery> deliveries, RunOptions run, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(options.Exports.HoldFor + Grace, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        return await new EventPipeline(setup, run).RunAsync(deliveries, ending.Token);
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
            string.Join(", ", result.Accounts.Reasons.Select(reason => $"{reason.Key} {reason.Value}")));
        if (!ReplayedDocument.IsDone(result))
        {
            throw new IOException(FormattableString.Invariant(
                $"{file.Name}: {records.Returned} of {records.Total} records are still to be sent{(result.Complete ? "" : ", and it was not read to its end")}; the host offers it again. {string.Join(" ", result.Unreadable)}"));
        }
    }

    private static string DestinationOf(string path) => path.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? path[..end] : Destination.DefaultName;
}
