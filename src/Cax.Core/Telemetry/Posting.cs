using System.Diagnostics;
using Cax.Core.Batching;
using Cax.Core.Delivery;

namespace Cax.Core.Telemetry;

/// <summary>One request while it is under way: its duration and the activity <c>cax.post</c>. A request that is cancelled or times out has no status.</summary>
internal sealed class Posting : IDisposable
{
    private readonly Instruments _instruments;
    private readonly KeyValuePair<string, object?> _destination;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly Activity? _activity;
    private int? _status;

    public Posting(CaxTelemetry telemetry, KeyValuePair<string, object?> destination, EventBatch batch, TimeProvider time)
    {
        _instruments = telemetry.Instruments;
        _destination = destination;
        _time = time;
        _began = time.GetTimestamp();
        _activity = telemetry.Activities.StartActivity("cax.post", ActivityKind.Client);
        if (_activity is { IsAllDataRequested: true })
        {
            _activity.SetTag("cax.destination", destination.Value);
            _activity.SetTag("cax.events", batch.Events.Count);
            _activity.SetTag("cax.bytes", batch.Bytes);
            _activity.SetTag("cax.retry", batch.Posts);
        }
    }

    public Answer Answered(Answer answer)
    {
        _status = answer.Status;
        if (_activity is { IsAllDataRequested: true })
        {
            _activity.SetTag("http.response.status_code", answer.Status);
            _activity.SetStatus(answer.Kind == AnswerKind.Accepted ? ActivityStatusCode.Ok : ActivityStatusCode.Error, answer.Describe());
        }

        return answer;
    }

    public void Dispose()
    {
        _instruments.RequestDuration.Record(_time.GetElapsedTime(_began).TotalSeconds, _destination, Tags.Class(_status));
        if (_activity is { Status: ActivityStatusCode.Unset })
        {
            _activity.SetStatus(ActivityStatusCode.Error, "no answer");
        }

        _activity?.Dispose();
    }
}
