using Microsoft.Extensions.Logging;

namespace CaxFunctions.Health;

/// <summary>What is logged about the arrival of events. Ids 400 to 449 stay what they are. Event names are shaped like names; nothing else of a sender's is told.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(400, LogLevel.Information, "Destination {Destination}, from {From:u} until {Until:u}: sent {Sent}, collected {Collected}, normalized {Normalized}; not compared {NotCompared}")]
    public static partial void Compared(
        this ILogger log, string destination, DateTimeOffset from, DateTimeOffset until, long sent, long collected, long normalized, long notCompared);

    [LoggerMessage(401, LogLevel.Warning, "Destination {Destination}: {EventName} sent {Sent}, collected {Collected}: {AtLeast}{Missing} were answered 2xx and never collected. Check the source key, the size of these events and their JSON")]
    public static partial void Missing(this ILogger log, string destination, string eventName, long sent, long collected, string atLeast, long missing);

    [LoggerMessage(402, LogLevel.Warning, "Destination {Destination}: {EventName} collected {Collected}, normalized {Normalized}: {Rejected} were refused behind their 2xx. The data quality page of the source in CAX says why")]
    public static partial void Rejected(this ILogger log, string destination, string eventName, long collected, long normalized, long rejected);

    [LoggerMessage(403, LogLevel.Information, "Destination {Destination}: CAX collected more than was sent. Other senders share the source, or requests were repeated; what is called missing is a lower bound from here on, and what is rejected may be theirs")]
    public static partial void Shared(this ILogger log, string destination);

    [LoggerMessage(404, LogLevel.Error, "Destination {Destination}: what is sent is lost: {Detail}. Correct the source key in the settings, or activate the source in CAX")]
    public static partial void KeyLosesEvents(this ILogger log, string destination, string detail);

    [LoggerMessage(405, LogLevel.Information, "Whether events arrive is not checked: {Detail}")]
    public static partial void NotChecked(this ILogger log, string detail);

    [LoggerMessage(406, LogLevel.Warning, "Destination {Destination}: whether events arrive cannot be told: {Detail}. It is asked again in a quarter of an hour")]
    public static partial void Unanswered(this ILogger log, string destination, string detail);

    [LoggerMessage(407, LogLevel.Information, "Destination {Destination}: nothing was sent yet whose counts are final on both sides")]
    public static partial void NothingFinal(this ILogger log, string destination);

    [LoggerMessage(408, LogLevel.Warning, "{Documents} documents hold no counts of what was sent, the first of them {Document}; what they counted is missing from the sums")]
    public static partial void Unreadable(this ILogger log, int documents, string document);

    [LoggerMessage(409, LogLevel.Critical, "Whether events arrive was not to be told: a failure that should not be. It is asked again in a quarter of an hour. This is a bug of the connector. {Bug}")]
    public static partial void CheckFailed(this ILogger log, string bug);

    [LoggerMessage(410, LogLevel.Warning, "The counts of what was sent cannot be written: {Failure}. They are kept and written later")]
    public static partial void NotWritten(this ILogger log, string failure);

    [LoggerMessage(411, LogLevel.Information, "The counts of what was sent are written again")]
    public static partial void WrittenAgain(this ILogger log);

    [LoggerMessage(412, LogLevel.Critical, "What is sent is not written any more until the process stops: a failure that should not be. This is a bug of the connector. {Bug}")]
    public static partial void Failed(this ILogger log, string bug);
}
