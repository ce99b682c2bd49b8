using Cax.Core.Exports;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Blobs;

/// <summary>What is logged about blobs. Ids 200 to 299 stay what they are. They name blobs, and hold nothing of their content.</summary>
internal static partial class BlobLog
{
    [LoggerMessage(200, LogLevel.Information, "{Blob}: records read {Read}, sent {Sent}, dead-lettered {DeadLettered}, skipped {Skipped}, returned {Returned} ({Reasons}); profiles: {Profiles}")]
    public static partial void Ended(
        this ILogger log, string blob, long read, long sent, long deadLettered, long skipped, long returned, string reasons, string profiles);

    [LoggerMessage(201, LogLevel.Warning, "{Blob}: was deleted before it was read, so there is nothing to do")]
    public static partial void Gone(this ILogger log, string blob);

    [LoggerMessage(202, LogLevel.Warning, "{Blob}: not replayed: {Why}")]
    public static partial void NotReplayed(this ILogger log, string blob, string why);

    [LoggerMessage(204, LogLevel.Information, "{Blob}: {Ending}: {Verdict} {Why}; its report is in {Report}")]
    public static partial void Came(this ILogger log, string blob, ExportEnding ending, string verdict, string why, string report);

    [LoggerMessage(205, LogLevel.Warning, "{Blob}: waits, and goes on by itself within a minute: {Why}")]
    public static partial void Waits(this ILogger log, string blob, string why);

    [LoggerMessage(206, LogLevel.Warning, "Export files that wait could not be looked at; the next minute brings the next try. {Why}")]
    public static partial void NotResumed(this ILogger log, string why);

    [LoggerMessage(203, LogLevel.Critical, "A run over a blob failed in a way it should not; the host offers the blob again. This is a bug of the connector. {Bug}")]
    public static partial void Failed(this ILogger log, string bug);
}
