using System.Runtime.InteropServices;

namespace Cax.Simulator.Records;

/// <summary>Running counts, so that a summary costs the same after one event and after a million.</summary>
internal sealed class Tally
{
    public const string Unnamed = "(unnamed)";

    private readonly Dictionary<string, int> _ids = [];
    private readonly SortedDictionary<Verdict, int> _verdicts = [];
    private readonly SortedDictionary<int, int> _statuses = [];
    private readonly SortedDictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _requests;
    private int _accepted;
    private int _batches;
    private int _pixels;
    private int _events;
    private int _repeatedIds;
    private int _dropped;
    private long _largestBody;
    private int _largestEvent;

    public void Count(ReceivedRequest request, IReadOnlyList<ReceivedEvent> recorded)
    {
        _requests++;
        if (request.Events > 0) _accepted++;
        if (request is { Events: > 0, Kind: RequestKind.Batch }) _batches++;
        if (request.Kind == RequestKind.Pixel) _pixels++;
        _dropped += request.Dropped;
        _largestBody = Math.Max(_largestBody, request.Bytes);
        Add(_statuses, request.Status);
        foreach (var received in recorded) Count(received);
    }

    public TwinSummary Summary() => new()
    {
        Requests = _requests,
        AcceptedRequests = _accepted,
        Batches = _batches,
        Pixels = _pixels,
        Events = _events,
        DistinctIds = _ids.Count,
        RepeatedIds = _repeatedIds,
        Dropped = _dropped,
        LargestBody = _largestBody,
        LargestEvent = _largestEvent,
        Verdicts = Enum.GetValues<Verdict>().ToDictionary(verdict => verdict, verdict => _verdicts.GetValueOrDefault(verdict)),
        ByStatus = new SortedDictionary<int, int>(_statuses),
        ByEventName = new SortedDictionary<string, int>(_names, StringComparer.Ordinal),
    };

    public void Clear()
    {
        _ids.Clear();
        _verdicts.Clear();
        _statuses.Clear();
        _names.Clear();
        _requests = _accepted = _batches = _pixels = _events = _repeatedIds = _dropped = _largestEvent = 0;
        _largestBody = 0;
    }

    private void Count(ReceivedEvent received)
    {
        _events++;
        _largestEvent = Math.Max(_largestEvent, received.Json.Length);
        Add(_verdicts, received.Verdict);
        Add(_names, received.Name ?? Unnamed);
        if (received.Id is null) return;
        ref var times = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, received.Id, out _);
        if (++times == 2) _repeatedIds++;
    }

    private static void Add<TKey>(SortedDictionary<TKey, int> counts, TKey key)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + 1;
}
