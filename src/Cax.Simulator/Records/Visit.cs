namespace Cax.Simulator.Records;

/// <summary>A collect request that has arrived and is not answered yet.</summary>
internal sealed record Visit(long Number, DateTimeOffset ReceivedAt, RequestKind Kind, string? SiteId);
