namespace Cax.Core.Telemetry;

/// <summary>Something that a log should say. A change of state is told once, not with every try. It holds no payload, key, URL or personal value.</summary>
public abstract record Notice;

/// <summary>Nothing is posted to a destination until then; told when that begins, and again when the cause changes for another kind of trouble.</summary>
/// <param name="Destination">Its name in the settings.</param>
/// <param name="Cause">Why.</param>
/// <param name="Until">When the next request is tried; an outage may last longer.</param>
/// <param name="Detail">The last answer, or the lack of one: <c>HTTP 503</c>.</param>
public sealed record DestinationClosed(string Destination, ClosingCause Cause, DateTimeOffset Until, string Detail) : Notice;

/// <summary>A closed destination takes requests again.</summary>
/// <param name="Destination">Its name in the settings.</param>
/// <param name="After">How long it was closed.</param>
public sealed record DestinationOpened(string Destination, TimeSpan After) : Notice;

/// <summary>A run waits for a destination no longer: what it did not take is returned, or parked on the last delivery its source permits.</summary>
/// <param name="Destination">Its name in the settings.</param>
/// <param name="Reason">A reason code.</param>
/// <param name="Detail">The reason in words, and what to do.</param>
public sealed record DestinationGivenUp(string Destination, string Reason, string Detail) : Notice;

/// <summary>The Config API says that the source key belongs to no active source, so that CAX would keep nothing.</summary>
/// <param name="Destination">Its name in the settings.</param>
/// <param name="Detail">What it says.</param>
public sealed record SourceKeyRefused(string Destination, string Detail) : Notice;

/// <summary>The Config API could not tell whether the source key belongs to an active source. Events are sent all the same.</summary>
/// <param name="Destination">Its name in the settings.</param>
/// <param name="Detail">Why not.</param>
public sealed record SourceKeyUnconfirmed(string Destination, string Detail) : Notice;

/// <summary>Dead letters could not be written, so what they hold goes back to its source. Told once a run, until a write succeeds.</summary>
/// <param name="Letters">How many were to be written in one go.</param>
/// <param name="Failure">The type of the exception.</param>
/// <param name="Detail">Its message; stores put no secret into it.</param>
public sealed record DeadLettersFailed(int Letters, string Failure, string Detail) : Notice;

/// <summary>Receipts could not be written, or old ones not deleted: they are lost, and nothing else. Told at most once a minute.</summary>
/// <param name="Receipts">How many were to be written; zero when old ones were to be deleted.</param>
/// <param name="Failure">The type of the exception.</param>
/// <param name="Detail">Its message; stores put no secret into it.</param>
public sealed record ReceiptsFailed(int Receipts, string Failure, string Detail) : Notice;

/// <summary>Receipts could not be read, so what other runs sent may be sent again. Told at most once a minute.</summary>
/// <param name="Failure">The type of the exception.</param>
/// <param name="Detail">Its message; stores put no secret into it.</param>
public sealed record ReceiptsUnread(string Failure, string Detail) : Notice;

/// <summary>A source could not be told what became of a delivery: it will offer it again.</summary>
/// <param name="Delivery">What a person calls the delivery.</param>
/// <param name="Failure">The type of the exception; its text may hold anything.</param>
/// <param name="LockLost">Whether the source had taken the delivery back before.</param>
public sealed record SettlementFailed(string Delivery, string Failure, bool LockLost) : Notice;

/// <summary>Events were not posted because their sources take them back before the endpoint could have answered. Told once for the events of a batch.</summary>
/// <param name="Destination">Its name in the settings.</param>
/// <param name="Events">How many events.</param>
public sealed record LocksLost(string Destination, int Events) : Notice;
