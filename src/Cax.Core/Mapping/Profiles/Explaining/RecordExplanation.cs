using Cax.Core.Events;

namespace Cax.Core.Mapping.Profiles.Explaining;

/// <summary>What became of one record and why.</summary>
/// <param name="Result">What became of it.</param>
/// <param name="SkipNote">What the profile says about the rule that skips the record.</param>
/// <param name="Conditions">What the rules and conditions asked that decided last.</param>
/// <param name="Events">The events of the profile that were considered.</param>
/// <param name="Missing">What CAX requires and nothing gave: one finding for each property.</param>
public sealed record RecordExplanation(
    MapResult Result, string? SkipNote, IReadOnlyList<string> Conditions, IReadOnlyList<EventExplanation> Events, IReadOnlyList<Finding> Missing);

/// <summary>One event of the profile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Holds">Whether the record is meant for it; if not, nothing was worked out.</param>
/// <param name="Targets">Its properties, in the order in which they were worked out.</param>
public sealed record EventExplanation(string Name, bool Holds, IReadOnlyList<TargetExplanation> Targets);

/// <summary>One property of an event.</summary>
/// <param name="Name">As a profile writes it; of an item <c>items[0].product.price</c>.</param>
/// <param name="Value">Its value as JSON; null when there is none.</param>
/// <param name="From">What gave something: paths, message properties, parameters, constants, tables.</param>
/// <param name="Missed">What was looked at and gave nothing.</param>
public sealed record TargetExplanation(string Name, string? Value, IReadOnlyList<string> From, IReadOnlyList<string> Missed);
