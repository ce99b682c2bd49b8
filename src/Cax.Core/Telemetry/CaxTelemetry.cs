using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Cax.Core.Delivery;

namespace Cax.Core.Telemetry;

/// <summary>
/// What the connector tells about itself while it works: metrics, activities and notices. None of them holds a payload, a key, a URL, an id or a
/// personal value; tags are names from the settings and constants.
/// </summary>
/// <remarks>
/// Metrics: <c>cax.*</c>, described in the README. Activities: <c>cax.run</c>, a run with its counts by outcome, and <c>cax.post</c>, one request to
/// the collect endpoint. Notices are for logs; the core itself writes none. Safe to use from several threads; one a process is enough.
/// </remarks>
public sealed class CaxTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Cax.Connector";

    /// <summary>Stands for whatever a sender calls a destination that the settings do not name: its text is never told.</summary>
    public const string UnknownDestination = "(unknown)";

    /// <summary>What runs use that were given none: metrics and activities for whoever listens in this process, and no notices.</summary>
    internal static readonly CaxTelemetry Shared = new();

    /// <summary>How many profiles have a tag of their own; all others share one. An owner can have many, and each tag is a series to be kept.</summary>
    private const int MostProfiles = 100;

    private static readonly KeyValuePair<string, object?> OtherProfiles = new(Tags.Profile, "(other)");

    private readonly Action<Notice>? _tell;
    private readonly ConcurrentDictionary<string, KeyValuePair<string, object?>> _profiles = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<DestinationState, object> _watched = [];

    /// <param name="tell">Hears each notice, on whatever thread it occurs. What it throws is ignored: no log stops a run.</param>
    public CaxTelemetry(Action<Notice>? tell = null)
    {
        _tell = tell;
        var version = typeof(CaxTelemetry).Assembly.GetName().Version?.ToString(3);
        Meter = new Meter(Name, version);
        Activities = new ActivitySource(Name, version);
        Instruments = new Instruments(Meter, Closures);
    }

    /// <summary>What all instruments belong to.</summary>
    public Meter Meter { get; }

    /// <summary>What all activities belong to.</summary>
    public ActivitySource Activities { get; }

    internal Instruments Instruments { get; }

    public void Dispose()
    {
        Meter.Dispose();
        Activities.Dispose();
    }

    /// <summary>Whether a destination is closed is measured for as long as somebody uses it.</summary>
    internal void Watch(DestinationState destination) => _watched.Add(destination, this);

    /// <summary>The tag of a profile. Made once: measuring allocates nothing.</summary>
    internal KeyValuePair<string, object?> ProfileTag(string name) =>
        _profiles.TryGetValue(name, out var tag) ? tag
        : _profiles.Count < MostProfiles ? _profiles.GetOrAdd(name, static known => new(Tags.Profile, known))
        : OtherProfiles;

    internal void Tell(Notice notice)
    {
        try
        {
            _tell?.Invoke(notice);
        }
#pragma warning disable CA1031 // Whoever listens cannot harm the run.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>One value for each destination and cause, so that each of them also goes back to zero.</summary>
    private IEnumerable<Measurement<int>> Closures()
    {
        foreach (var (destination, _) in _watched)
        {
            var cause = destination.Gate.Cause;
            foreach (var each in ClosingCauses.All)
            {
                yield return new Measurement<int>(cause == each ? 1 : 0, destination.Meters.Tag, Tags.Why(each));
            }
        }
    }
}
