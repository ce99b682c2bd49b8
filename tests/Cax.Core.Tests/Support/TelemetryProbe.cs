using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Cax.Core.Telemetry;

namespace Cax.Core.Tests.Support;

/// <summary>Hears everything that one <see cref="CaxTelemetry"/> tells, and nothing of others in this process.</summary>
public sealed class TelemetryProbe : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Measured> _measured = [];
    private readonly List<Activity> _activities = [];
    private readonly List<Notice> _notices = [];
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _traces;

    public TelemetryProbe()
    {
        Telemetry = new CaxTelemetry(notice => Keep(_notices, notice));
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, Telemetry.Meter))
            {
                Instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(_measured, Measured.Of(instrument, value, tags)));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(_measured, Measured.Of(instrument, value, tags)));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(_measured, Measured.Of(instrument, value, tags)));
        _meters.Start();
        _traces = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, Telemetry.Activities),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Keep(_activities, activity),
        };
        ActivitySource.AddActivityListener(_traces);
    }

    public CaxTelemetry Telemetry { get; }

    /// <summary>Everything that can be measured.</summary>
    public List<Instrument> Instruments { get; } = [];

    public IReadOnlyList<Measured> Measurements => Copy(_measured);

    /// <summary>Those that have ended.</summary>
    public IReadOnlyList<Activity> Activities => Copy(_activities);

    public IReadOnlyList<Notice> Notices => Copy(_notices);

    /// <summary>Everything that was told, as text.</summary>
    public IEnumerable<string> Texts =>
    [
        .. Measurements.Select(measured => measured.ToString()),
        .. Activities.Select(Text),
        .. Notices.Select(notice => notice.ToString()),
    ];

    public IReadOnlyList<Measured> Of(string name) => [.. Measurements.Where(measured => measured.Name == name)];

    /// <summary>The sum of a counter over all measurements with these tags, given as <c>name=value</c>.</summary>
    public double Sum(string name, params string[] tags) => Of(name).Where(measured => tags.All(measured.Has)).Sum(measured => measured.Value);

    /// <summary>Asks for what is measured only when somebody asks.</summary>
    public void Observe() => _meters.RecordObservableInstruments();

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
        Telemetry.Dispose();
    }

    private static string Text(Activity activity)
    {
        var tags = activity.TagObjects.Concat(activity.Events.SelectMany(told => told.Tags)).Concat(activity.Links.SelectMany(link => link.Tags ?? []));
        var baggage = activity.Baggage.Select(item => $"{item.Key}={item.Value}");
        return string.Join(' ', [
            activity.OperationName, activity.DisplayName, activity.StatusDescription, activity.TraceStateString,
            .. activity.Events.Select(told => told.Name),
            .. tags.Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}")),
            .. baggage]);
    }

    private void Keep<T>(List<T> list, T item)
    {
        lock (_lock)
        {
            list.Add(item);
        }
    }

    private IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }
}

/// <summary>One measurement; tags as <c>name=value</c>.</summary>
public sealed record Measured(string Name, string? Unit, double Value, IReadOnlyList<string> Tags)
{
    public static Measured Of(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(
        instrument.Name, instrument.Unit, value, [.. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]);

    public bool Has(string tag) => Tags.Contains(tag);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Value} {Unit} {string.Join(' ', Tags)}");
}
