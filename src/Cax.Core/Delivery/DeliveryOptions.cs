using Cax.Core.Settings;

namespace Cax.Core.Delivery;

/// <summary>Which endpoint takes the events.</summary>
public enum DeliveryMode
{
    /// <summary><c>/events/batch</c>, many events a request.</summary>
    Batch,

    /// <summary><c>/events</c>, one event a request.</summary>
    Single,
}

/// <summary>How events are handed over.</summary>
public sealed record DeliveryOptions
{
    /// <summary>Default <see cref="DeliveryMode.Batch"/>; never inferred.</summary>
    public DeliveryMode Mode { get; init; }

    /// <summary>Requests under way at a time, for each destination. Default 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Requests a second of this process, to all destinations together. Default 50; the vendor asks to be told above 500 (CAX reference 2.4).</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>Events a second; 0, the default, sets no cap.</summary>
    public int EventsPerSecond { get; init; }

    /// <summary>After this long without an answer a request counts as unavailable. Default 20 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest outage a run sits out; then what is left is returned to its source. Default 45 s.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The back-off before a second try is a random part of this; each further try doubles it. Default 500 ms.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The back-off is a random part of at most this; an open circuit breaker lets a request through at least this often. Default 5 s.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a destination that was found misconfigured is tried again. Default 1 minute.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether plain http is allowed to other machines than this one. Default false.</summary>
    public bool AllowHttp { get; init; }

    public static DeliveryOptions Read(SettingsReader settings)
    {
        var defaults = new DeliveryOptions();
        var hour = TimeSpan.FromHours(1);
        return new DeliveryOptions
        {
            Mode = settings.Choice("Cax__Delivery__Mode", DeliveryMode.Batch),
            Concurrency = settings.Number("Cax__Delivery__Concurrency", defaults.Concurrency, 1, 64),
            RequestsPerSecond = settings.Number("Cax__Delivery__RequestsPerSecond", defaults.RequestsPerSecond, 1, 500),
            EventsPerSecond = settings.Number("Cax__Delivery__EventsPerSecond", 0, 0, 1_000_000),
            RequestTimeout = settings.Duration("Cax__Delivery__RequestTimeout", defaults.RequestTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)),
            GiveUpAfter = settings.Duration("Cax__Delivery__GiveUpAfter", defaults.GiveUpAfter, TimeSpan.Zero, TimeSpan.FromDays(1)),
            BackoffBase = settings.Duration("Cax__Delivery__BackoffBase", defaults.BackoffBase, TimeSpan.FromMilliseconds(1), hour),
            BackoffCap = settings.Duration("Cax__Delivery__BackoffCap", defaults.BackoffCap, TimeSpan.FromMilliseconds(1), hour),
            ProbeInterval = settings.Duration("Cax__Delivery__ProbeInterval", defaults.ProbeInterval, TimeSpan.FromSeconds(1), hour),
            AllowHttp = settings.Flag("Cax__Delivery__AllowHttp", false),
        };
    }
}
