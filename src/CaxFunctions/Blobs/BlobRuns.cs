using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.Sources;
using Cax.Storage;
using CaxFunctions.Profiles;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Blobs;

/// <summary>Takes blobs through the pipeline. What cannot be done now is left where it is, with an exception that makes the host offer the blob again.</summary>
/// <param name="setup">The pipeline.</param>
/// <param name="options">All settings.</param>
/// <param name="profiles">The profiles that a path may name.</param>
/// <param name="deadLetters">The container of dead letters.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed class BlobRuns(
    PipelineSetup setup, CaxOptions options, CurrentProfiles profiles, BlobContainerClient deadLetters, TimeProvider time, ILogger<BlobRuns> log)
{
    /// <summary>How long after the hold an invocation may still take: enough to end orderly before the host's time-out, which would end the process.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What is left is kept from the host for this part of the hold at least: it offers a blob five times and at once, and a store that fails for a minute
    /// would use them up.
    /// </summary>
    private const int Rests = 10;

    /// <summary>Sends an export file. Its path says where to, and which profile maps it.</summary>
    /// <exception cref="IOException">Something is left to be done: the host offers the file again.</exception>
    public Task ExportAsync(BlobClient blob, CancellationToken cancellation) => GuardAsync(
        blob,
        async (file, ending) =>
        {
            var path = ExportPath.Read(file.Path, options.Exports.Paths, options.Destinations.ContainsKey, profiles.Catalog.Has);
            var delivery = file.Delivery(options.Sources, path.Destination, MappingHints.None with { Profile = path.Profile });
            return await RunAsync(new[] { delivery }.ToAsyncEnumerable(), new RunOptions { HoldFor = options.Exports.HoldFor }, ending);
        },
        cancellation);

    /// <summary>Replays a document of dead letters, as <c>cax replay</c> does, and archives it.</summary>
    /// <exception cref="IOException">Something is left to be done: the host offers the document again.</exception>
    public Task ReplayAsync(BlobClient blob, CancellationToken cancellation) => GuardAsync(
        blob,
        async (file, ending) =>
        {
            var replay = new ReplayBlob(blob, file, deadLetters, time);
            using var document = replay.Document(why => log.NotReplayed(file.Name, why));
            var run = await RunAsync(
                document.DeliveriesAsync(ending), new RunOptions { HoldFor = options.Exports.HoldFor, IgnoreEarlierRuns = true }, ending);
            var result = await document.CompleteAsync(run, CancellationToken.None);
            if (result.IsDone)
            {
                await replay.ArchiveAsync(CancellationToken.None);
            }

            return result;
        },
        cancellation);

    /// <summary>
    /// The boundary to the host, which logs whatever it is thrown, whole: so nothing of what lies beneath goes through, whose texts may hold anything.
    /// </summary>
    private async Task GuardAsync(BlobClient blob, Func<BlobFile, CancellationToken, Task<RunResult>> work, CancellationToken cancellation)
    {
        var rested = time.GetUtcNow() + (options.Exports.HoldFor / Rests);
        using var late = new CancellationTokenSource(options.Exports.HoldFor + Grace, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        string left;
        try
        {
            if (await BlobFile.FindAsync(blob, ending.Token) is not { } file)
            {
                log.Gone($"{blob.BlobContainerName}/{blob.Name}");
                return;
            }

            var result = await work(file, ending.Token);
            Tell(file, result);
            if (result.IsDone)
            {
                return;
            }

            left = FormattableString.Invariant(
                $"{file.Name}: {result.Accounts.Records.Returned} of {result.Accounts.Records.Total} records are still to be sent{(result.Complete ? "" : ", and it was not read to its end")}; the host offers it again. {string.Join(" ", result.Unreadable)}");
        }
        catch (IOException e)
        {
            left = e.Message;
        }
        catch (Exception bug) when (bug is not OperationCanceledException || !ending.IsCancellationRequested)
        {
            log.Failed(BugTrace.Of(bug));
            left = "A run over a blob failed in a way it should not; the log has more. This is a bug of the connector.";
        }

        var rest = rested - time.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        throw new IOException(left);
    }

    private Task<RunResult> RunAsync(IAsyncEnumerable<SourceDelivery> deliveries, RunOptions run, CancellationToken ending) =>
        new EventPipeline(setup, run).RunAsync(deliveries, ending);

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
