using Cax.Core.Events;
using Cax.Core.Mapping;

namespace Cax.Core.Sources;

/// <summary>What became of one record.</summary>
/// <param name="Record">The record.</param>
/// <param name="Outcome">The worst of its events' outcomes and its own.</param>
/// <param name="Profile">The profile that mapped it; null when none had a part in it.</param>
/// <param name="Findings">What was found wrong with the record apart from its events; empty when it came to events.</param>
/// <param name="Events">Its events, in the order in which they had their outcomes; empty when it came to none.</param>
public sealed record FinishedRecord(
    Record Record, Outcome Outcome, ProfileChoice? Profile, IReadOnlyList<Finding> Findings, IReadOnlyList<FinishedEvent> Events);

/// <summary>What became of one event.</summary>
/// <param name="Event">The event.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Findings">What was found wrong with it, warnings too.</param>
public sealed record FinishedEvent(CaxEvent Event, Outcome Outcome, IReadOnlyList<Finding> Findings)
{
    /// <summary>What its bytes tell.</summary>
    internal EventFacts Facts { get; } = EventFacts.Read(Event.Utf8.Span);
}
