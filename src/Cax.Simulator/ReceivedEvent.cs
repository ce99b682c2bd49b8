namespace Cax.Simulator;

/// <summary>One event that the twin recorded, whatever its verdict.</summary>
/// <param name="ReceivedAt">When its request arrived.</param>
/// <param name="Name">Its <c>event_name</c>; null when it has none.</param>
/// <param name="Id">Its <c>context.event_id</c>; null when it has none.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Findings">The rules it breaks; empty when it is valid.</param>
/// <param name="Json">The event exactly as received, UTF-8.</param>
public sealed record ReceivedEvent(
    DateTimeOffset ReceivedAt,
    string? Name,
    string? Id,
    Verdict Verdict,
    IReadOnlyList<Finding> Findings,
    ReadOnlyMemory<byte> Json);
