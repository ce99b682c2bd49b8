using Cax.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Telemetry;

/// <summary>Writes the notices of the pipeline to the log. Ids 500 to 599 stay what they are. None holds anything that a sender wrote.</summary>
internal sealed partial class PipelineLog(ILogger<PipelineLog> log)
{
    public void Tell(Notice notice)
    {
        switch (notice)
        {
            case DestinationClosed { Cause: ClosingCause.Misconfigured } closed:
                Misconfigured(closed.Destination, closed.Detail, closed.Until);
                break;
            case DestinationClosed { Cause: ClosingCause.RefusesAll } closed:
                RefusesAll(closed.Destination, closed.Detail, closed.Until);
                break;
            case DestinationClosed closed:
                Unavailable(closed.Destination, closed.Detail, closed.Cause, closed.Until);
                break;
            case DestinationOpened opened:
                Opened(opened.Destination, opened.After);
                break;
            case DestinationGivenUp given:
                GivenUp(given.Destination, given.Reason, given.Detail);
                break;
            case SourceKeyRefused refused:
                KeyRefused(refused.Destination, refused.Detail);
                break;
            case SourceKeyUnconfirmed unconfirmed:
                KeyUnconfirmed(unconfirmed.Destination, unconfirmed.Detail);
                break;
            case DeadLettersFailed failed:
                LettersFailed(failed.Letters, failed.Failure, failed.Detail);
                break;
            case SettlementFailed { LockLost: true } failed:
                LockLostWhileSettling(failed.Delivery, failed.Failure);
                break;
            case SettlementFailed failed:
                NotSettled(failed.Delivery, failed.Failure);
                break;
            case ReceiptsFailed failed:
                ReceiptsFailed(failed.Receipts, failed.Failure, failed.Detail);
                break;
            case ReceiptsUnread unread:
                ReceiptsUnread(unread.Failure, unread.Detail);
                break;
            case LocksLost lost:
                NotPosted(lost.Destination, lost.Events);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(notice));
        }
    }

    [LoggerMessage(500, LogLevel.Warning, "Destination {Destination} is down ({Detail}; {Cause}): nothing is posted before {Until:u}, what waits is kept")]
    private partial void Unavailable(string destination, string detail, ClosingCause cause, DateTimeOffset until);

    [LoggerMessage(501, LogLevel.Error, "Destination {Destination} is misconfigured ({Detail}): nothing is posted before {Until:u}, what waits is kept; check endpoint, site and source key")]
    private partial void Misconfigured(string destination, string detail, DateTimeOffset until);

    [LoggerMessage(502, LogLevel.Error, "Destination {Destination} refuses every event ({Detail}): nothing is posted before {Until:u}, what waits is kept; the fault is not in the events")]
    private partial void RefusesAll(string destination, string detail, DateTimeOffset until);

    [LoggerMessage(503, LogLevel.Information, "Destination {Destination} takes requests again, after {After}")]
    private partial void Opened(string destination, TimeSpan after);

    [LoggerMessage(504, LogLevel.Warning, "A run waits for destination {Destination} no longer, {Reason}: {Detail}. What it did not take comes again")]
    private partial void GivenUp(string destination, string reason, string detail);

    [LoggerMessage(505, LogLevel.Error, "CAX would keep nothing that is sent to destination {Destination}: {Detail}")]
    private partial void KeyRefused(string destination, string detail);

    [LoggerMessage(506, LogLevel.Warning, "Nobody can tell whether the source key of destination {Destination} is right: {Detail}. Events are sent all the same")]
    private partial void KeyUnconfirmed(string destination, string detail);

    [LoggerMessage(507, LogLevel.Error, "{Letters} dead letters could not be written, so what they hold stays in its source. {Failure}: {Detail}")]
    private partial void LettersFailed(int letters, string failure, string detail);

    [LoggerMessage(508, LogLevel.Warning, "The source of {Delivery} could not be told its outcome ({Failure}): it comes again, and what was sent keeps its ids")]
    private partial void NotSettled(string delivery, string failure);

    [LoggerMessage(509, LogLevel.Warning, "The lock of {Delivery} was lost before it was settled ({Failure}): it comes again, and what was sent keeps its ids")]
    private partial void LockLostWhileSettling(string delivery, string failure);

    [LoggerMessage(510, LogLevel.Warning, "{Events} events for destination {Destination} were not posted, because their locks end before an answer could come: they come again")]
    private partial void NotPosted(string destination, int events);

    [LoggerMessage(511, LogLevel.Warning, "{Receipts} receipts could not be written, or old ones not deleted: `cax find` will not know of them. {Failure}: {Detail}")]
    private partial void ReceiptsFailed(int receipts, string failure, string detail);

    [LoggerMessage(512, LogLevel.Warning, "Receipts could not be read, so what other runs sent may be sent again. {Failure}: {Detail}")]
    private partial void ReceiptsUnread(string failure, string detail);
}
