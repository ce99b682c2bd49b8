using System.Globalization;
using System.Runtime.InteropServices;
using Cax.Core.Batching;
using Cax.Core.Delivery;

namespace Cax.Core.Reports.Health;

/// <summary>
/// Counts what this process sent, by destination, event name and the quarter hour in which the 2xx answer came, until it is written.
/// </summary>
/// <remarks>One instance lives as long as its process. Safe to use from several threads. What dies with a process is counted too low, never too high.</remarks>
public sealed class SentCounts
{
    /// <summary>Stands for the event names that are not told apart.</summary>
    public const string OtherNames = "(other)";

    /// <summary>Senders choose event names, so their number is bounded: per destination and quarter hour.</summary>
    internal const int MostNames = 1_000;

    /// <summary>Without a store that takes them, counts of more than a day are given up.</summary>
    private const int MostQuarters = 96;

    private const int LongestName = 64;

    /// <summary>Clocks differ, and CAX may count an event a little before or after its answer.</summary>
    private static readonly TimeSpan Edge = TimeSpan.FromMinutes(1);

    /// <summary>A clock that is set back must not begin a quarter again that was written: it would replace it.</summary>
    private static readonly TimeSpan KeptWritten = TimeSpan.FromHours(2);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<DateTimeOffset, OpenQuarter> _quarters = [];

    /// <param name="start">When the process started.</param>
    public SentCounts(DateTimeOffset start) => Instance = string.Create(
        CultureInfo.InvariantCulture, $"{start.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("N")[..12]}");

    /// <summary>The name of this process. A machine name would not do: one that starts again would replace the counts from before.</summary>
    public string Instance { get; }

    /// <summary>The quarter hours that hold more than when they were last written, oldest first.</summary>
    public IReadOnlyList<SentQuarter> Changed()
    {
        lock (_lock)
        {
            return [.. _quarters
                .Where(quarter => quarter.Value.Total > quarter.Value.Written)
                .Select(quarter => new SentQuarter(quarter.Key, Instance, quarter.Value.Snapshot()))];
        }
    }

    /// <summary>These counts are durable now.</summary>
    public void Written(SentQuarter counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        lock (_lock)
        {
            if (_quarters.TryGetValue(counts.Quarter, out var quarter))
            {
                quarter.Written = Math.Max(quarter.Written, counts.Total);
            }
        }
    }

    /// <summary>The events of a request were answered 2xx.</summary>
    internal void Add(Destination destination, EventBatch batch, DateTimeOffset answered)
    {
        var begin = QuarterHour.Of(answered);
        var one = new SentCount(1, answered - begin < Edge ? 1 : 0, begin + QuarterHour.Length - answered <= Edge ? 1 : 0);
        lock (_lock)
        {
            if (!_quarters.TryGetValue(begin, out var quarter))
            {
                Forget(begin);
                _quarters[begin] = quarter = new OpenQuarter();
            }

            quarter.Total += batch.Events.Count;
            var counts = quarter.To(destination);
            foreach (var pending in batch.Events)
            {
                Count(counts, pending.Event.Name) += one;
            }
        }
    }

    private static ref SentCount Count(Dictionary<string, SentCount> counts, string name)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrNullRef(counts, name);
        if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref known))
        {
            return ref known;
        }

        return ref CollectionsMarshal.GetValueRefOrAddDefault(counts, counts.Count < MostNames && IsPlain(name) ? name : OtherNames, out _);
    }

    /// <summary>Names end in logs, metrics and reports. What is not shaped like a name may be anything.</summary>
    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= LongestName && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or ' ');

    private void Forget(DateTimeOffset now)
    {
        foreach (var (begin, quarter) in _quarters.ToArray())
        {
            if (_quarters.Count >= MostQuarters || (begin + KeptWritten < now && quarter.Written == quarter.Total))
            {
                _quarters.Remove(begin);
            }
        }
    }

    private sealed class OpenQuarter
    {
        private readonly Dictionary<string, (string SiteId, Dictionary<string, SentCount> Counts)> _destinations = [];

        public long Total { get; set; }

        public long Written { get; set; }

        public Dictionary<string, SentCount> To(Destination destination)
        {
            ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_destinations, destination.Name, out var known);
            if (!known)
            {
                counts = (destination.SiteId, []);
            }

            return counts.Counts;
        }

        public Dictionary<string, SentToDestination> Snapshot() => _destinations.ToDictionary(
            destination => destination.Key,
            destination => new SentToDestination(destination.Value.SiteId, new Dictionary<string, SentCount>(destination.Value.Counts)));
    }
}
