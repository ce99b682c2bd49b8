using Microsoft.Azure.Functions.Worker;

namespace CaxFunctions.Blobs;

/// <summary>Goes on every minute, and at each start, with the export files that could not be finished.</summary>
public sealed class ResumeExports(ExportBlobs exports)
{
    [Function(nameof(ResumeExports))]
    public Task RunAsync([TimerTrigger("0 * * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellation) =>
        exports.ResumeAsync(cancellation);
}
