namespace Cax.Core.Delivery;

/// <summary>What the Config API counted of a source, by event name and quarter hour (CAX reference 8.4).</summary>
internal sealed class SourceQuality
{
    private readonly Dictionary<string, Dictionary<DateTimeOffset, CollectedCount>> _byName = new(StringComparer.Ordinal);

    /// <summary>The event names of all senders of the source.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    public CollectedCount Of(string name, DateTimeOffset quarter) => _byName.GetValueOrDefault(name)?.GetValueOrDefault(quarter) ?? default;

    public void Add(string name, DateTimeOffset quarter, CollectedCount count)
    {
        if (!_byName.TryGetValue(name, out var counts))
        {
            _byName[name] = counts = [];
        }

        counts[quarter] = counts.GetValueOrDefault(quarter) + count;
    }
}

/// <summary>What CAX counted of one event name in one quarter hour.</summary>
/// <param name="Collected">Events that arrived.</param>
/// <param name="Normalized">Those of them that passed the event specification (CAX reference 7.1).</param>
public readonly record struct CollectedCount(long Collected, long Normalized)
{
    public static CollectedCount operator +(CollectedCount left, CollectedCount right) =>
        new(left.Collected + right.Collected, left.Normalized + right.Normalized);

    public static CollectedCount Add(CollectedCount left, CollectedCount right) => left + right;

    internal static CollectedCount Larger(CollectedCount left, CollectedCount right) =>
        new(Math.Max(left.Collected, right.Collected), Math.Max(left.Normalized, right.Normalized));
}
