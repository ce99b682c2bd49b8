using Cax.Simulator.Collecting;

namespace Cax.Simulator.Records;

/// <summary>Everything the twin has seen. One lock keeps the counts exact under concurrent requests.</summary>
internal sealed class RecordBook(TimeProvider time, bool countsOnly)
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedEvent> _events = [];
    private readonly List<(long Number, ReceivedRequest Request)> _requests = [];
    private readonly Tally _tally = new();
    private long _arrivals;
    private string? _lastKey;

    public string? LastKey
    {
        get
        {
            lock (_lock)
            {
                return _lastKey;
            }
        }
    }

    public Visit Arrive(RequestKind kind, string? siteId, string? key)
    {
        lock (_lock)
        {
            if (!string.IsNullOrEmpty(key)) _lastKey = key;
            return new Visit(++_arrivals, time.GetUtcNow(), kind, siteId);
        }
    }

    public void Close(Visit visit, CollectAnswer answer, long bytes)
    {
        var request = new ReceivedRequest(
            visit.ReceivedAt, visit.Kind, answer.Status, answer.Reason, visit.SiteId, answer.Recorded.Count, answer.Dropped, bytes);
        lock (_lock)
        {
            if (!countsOnly)
            {
                _requests.Add((visit.Number, request));
                _events.AddRange(answer.Recorded);
            }

            _tally.Count(request, answer.Recorded);
        }
    }

    public TwinSummary Summary()
    {
        lock (_lock)
        {
            return _tally.Summary();
        }
    }

    public IReadOnlyList<ReceivedEvent> Events()
    {
        lock (_lock)
        {
            return [.. _events];
        }
    }

    public IReadOnlyList<ReceivedRequest> Requests()
    {
        lock (_lock)
        {
            return [.. _requests.OrderBy(entry => entry.Number).Select(entry => entry.Request)];
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _events.Clear();
            _requests.Clear();
            _tally.Clear();
        }
    }
}
