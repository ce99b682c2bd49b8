namespace Cax.Simulator;

/// <summary>How the twin behaves. The defaults are the literal reading of CAX reference 11.3.</summary>
public sealed class TwinOptions
{
    /// <summary>The port on 127.0.0.1. Default 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>The only site (<c>tc_s</c>) that is known. Default null: any.</summary>
    public string? SiteId { get; init; }

    /// <summary>The only source key (<c>token</c>) that is known. Default null: any.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Answers 400 or 401 where the literal reading is a 200 that loses everything: a wrong content type, a wrong site or key, an
    /// envelope without events. Default false.
    /// </summary>
    public bool Loud { get; init; }

    /// <summary>Bytes a batch body may have. Default 500,000 (CAX reference 12.4).</summary>
    public int MaxBatchBytes { get; init; } = 500_000;

    /// <summary>Bytes an event may have, alone or in a batch. Default 32,000 (CAX reference 12.4).</summary>
    public int MaxEventBytes { get; init; } = 32_000;

    /// <summary>What an event over the limit does to its batch. Default <see cref="OversizedEvent.RefuseRequest"/>.</summary>
    public OversizedEvent OversizedEvent { get; init; }

    /// <summary>Texts that earn a 400 for a whole request when the raw JSON of one of its events contains them. Default none.</summary>
    public IReadOnlyList<string> Poison { get; init; } = [];

    /// <summary>Faults that wait for the first requests. Default none.</summary>
    public IReadOnlyList<TwinFault> Faults { get; init; } = [];

    /// <summary>How long each request to the collect endpoint is held up. Default zero.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Counts, and keeps neither events nor requests: for files that are larger than the memory. Default false.</summary>
    public bool CountsOnly { get; init; }

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What a missing required member does to its event. Default <see cref="BreachAction.Reject"/>.</summary>
    public BreachAction MissingProperty { get; init; }

    /// <summary>What a malformed member does to its event. Default <see cref="BreachAction.Reject"/>.</summary>
    public BreachAction BadFormat { get; init; }

    /// <summary>The id of the one source that the Config API lists. Default 41.</summary>
    public int SourceId { get; init; } = 41;

    /// <summary>Whether the Config API calls that source active. Default true.</summary>
    public bool SourceActive { get; init; } = true;

    /// <summary>The only bearer token that the Config API knows. Default null: any.</summary>
    public string? ConfigToken { get; init; }

    internal static bool IsSensible(TimeSpan delay) => delay >= TimeSpan.Zero && delay <= TimeSpan.FromHours(1);

    internal IEnumerable<string> Problems()
    {
        if (Port is < 0 or > 65_535) yield return "Port must be 0 to 65535";
        if (MaxBatchBytes < 1) yield return "MaxBatchBytes must be at least 1";
        if (MaxEventBytes < 1) yield return "MaxEventBytes must be at least 1";
        if (!IsSensible(Delay)) yield return "Delay must be between zero and one hour";
        if (Poison.Any(string.IsNullOrEmpty)) yield return "Poison must not hold an empty text";
        foreach (var problem in Faults.SelectMany(fault => fault.Problems())) yield return "Faults: " + problem;
    }
}
