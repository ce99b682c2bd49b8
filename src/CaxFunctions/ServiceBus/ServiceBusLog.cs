using Microsoft.Extensions.Logging;

namespace CaxFunctions.ServiceBus;

/// <summary>What is logged about messages. Ids 100 to 199 stay what they are. None holds anything that a sender wrote.</summary>
internal static partial class ServiceBusLog
{
    [LoggerMessage(100, LogLevel.Information, "{Function}: {Messages} messages, {Completed} completed, {Lost} lost their lock; the rest comes again when its lock has run out")]
    public static partial void Ended(this ILogger log, string function, int messages, int completed, int lost);

    [LoggerMessage(101, LogLevel.Information, "Destination {Destination}: {Messages} messages, records read {Read}, sent {Sent}, dead-lettered {DeadLettered}, skipped {Skipped}, returned {Returned} ({Reasons}); profiles: {Profiles}")]
    public static partial void Accounts(
        this ILogger log, string destination, int messages, long read, long sent, long deadLettered, long skipped, long returned, string reasons, string profiles);

    [LoggerMessage(102, LogLevel.Warning, "The lock of {Message} is lost ({Failure}): nothing more of it is sent from here, and it comes again")]
    public static partial void LockLost(this ILogger log, string message, string failure);

    [LoggerMessage(103, LogLevel.Critical, "A run of {Messages} messages failed in a way it should not; what was not settled comes again. This is a bug of the connector. {Bug}")]
    public static partial void Failed(this ILogger log, int messages, string bug);
}
