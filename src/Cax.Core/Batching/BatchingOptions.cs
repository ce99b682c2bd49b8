using Cax.Core.Settings;

namespace Cax.Core.Batching;

/// <summary>How events are packed.</summary>
public sealed record BatchingOptions
{
    /// <summary>500 KB, read as decimal: safe whichever way the vendor means it (CAX reference 2.4).</summary>
    public const int DefaultMaxBytes = 500_000;

    /// <summary>The vendor publishes no number (CAX reference 12.5).</summary>
    public const int DefaultMaxEvents = 500;

    /// <summary>The largest request body, in bytes.</summary>
    public int MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>The most events in one request.</summary>
    public int MaxEvents { get; init; } = DefaultMaxEvents;

    /// <summary>How long an open batch waits for more events once no input is ready. Default 200 ms.</summary>
    public TimeSpan IdleFlush { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Reading pauses while records and events without an outcome hold more than this. In bytes, default 32 MiB.</summary>
    public int MaxPendingBytes { get; init; } = 32 * 1_024 * 1_024;

    public static BatchingOptions Read(SettingsReader settings) => new()
    {
        MaxBytes = settings.Number("Cax__Batching__MaxBytes", DefaultMaxBytes, 1_000, DefaultMaxBytes),
        MaxEvents = settings.Number("Cax__Batching__MaxEvents", DefaultMaxEvents, 1, DefaultMaxEvents),
        IdleFlush = settings.Duration("Cax__Batching__IdleFlush", TimeSpan.FromMilliseconds(200), TimeSpan.Zero, TimeSpan.FromMinutes(1)),
        MaxPendingBytes = settings.Number("Cax__Batching__MaxPendingBytes", 32 * 1_024 * 1_024, 1_048_576, 1_073_741_824),
    };
}
