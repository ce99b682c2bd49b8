namespace Cax.Core.Reports.Receipts;

/// <summary>One line about one event: what became of it, and when. It holds no personal data.</summary>
/// <param name="At">When it was known, to the millisecond.</param>
/// <param name="EventId">The <c>context.event_id</c>; null for a record that came to no event.</param>
/// <param name="EventName">The <c>event_name</c>; null for a record that came to no event.</param>
/// <param name="BusinessId">The hash of the <c>id</c>, as <see cref="HashedIds"/> makes it; null when there is none.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why, for what was not sent.</param>
/// <param name="Destination">The name of the destination.</param>
/// <param name="Delivery">The file or message, as a person calls it.</param>
/// <param name="Line">The line in it, from 1.</param>
/// <param name="Content">Sixteen digits of the SHA-256 of the event: two versions of an order are told apart by it.</param>
public sealed record Receipt(
    DateTimeOffset At, string? EventId, string? EventName, string? BusinessId, OutcomeKind Outcome, string? Reason, string Destination, string Delivery, long Line, string? Content)
{
    /// <summary>So many bytes of the hash of an event tell its content.</summary>
    internal const int ContentBytes = 8;
}
