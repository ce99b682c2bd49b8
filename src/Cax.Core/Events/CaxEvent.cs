namespace Cax.Core.Events;

/// <summary>One CAX v2 event: its UTF-8 JSON bytes, serialised once, and the few facts the pipeline needs.</summary>
/// <param name="Name">The <c>event_name</c>.</param>
/// <param name="Id">The <c>context.event_id</c>, the same for every delivery of the same fact.</param>
/// <param name="IdSupplied">Whether the sender chose the id; otherwise the connector derived it.</param>
/// <param name="Timestamp">The <c>context.event_timestamp</c> in milliseconds since 1970 UTC; zero when the event has none.</param>
/// <param name="Utf8">The bytes that are counted and sent.</param>
public sealed record CaxEvent(string Name, string Id, bool IdSupplied, long Timestamp, ReadOnlyMemory<byte> Utf8)
{
    /// <summary>The size in bytes.</summary>
    public int Size => Utf8.Length;
}
