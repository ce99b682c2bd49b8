using Cax.Core.Settings;

namespace Cax.Core.Events;

/// <summary>What an event may be.</summary>
public sealed record EventOptions
{
    /// <summary>32 KB, read as decimal: safe whichever way the vendor means it (CAX reference 2.4).</summary>
    public const int DefaultMaxBytes = 32_000;

    /// <summary>The rules about which the vendor is silent, so that their severity is a choice.</summary>
    public static readonly IReadOnlyList<string> AdjustableRules = ["CAX034", "CAX036", "CAX037", "CAX039"];

    /// <summary>The largest event, in bytes of UTF-8.</summary>
    public int MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>Whether warnings count as errors.</summary>
    public bool Strict { get; init; }

    /// <summary>The <c>type</c> of a conversion whose source gives none (CAX reference 12.18). Default <c>online</c>.</summary>
    public string DefaultType { get; init; } = "online";

    /// <summary>
    /// Severities that differ from the reference, by rule. CAX034 covers negative amounts only, CAX039 an item's product without price only:
    /// what else those rules say stays an error.
    /// </summary>
    public IReadOnlyDictionary<string, Severity> Severities { get; init; } = new Dictionary<string, Severity>();

    public static EventOptions Read(SettingsReader settings)
    {
        var severities = new Dictionary<string, Severity>();
        foreach (var rule in AdjustableRules)
        {
            severities[rule] = settings.Choice($"Cax__Events__Severity__{rule}", Severity.Error);
        }

        return new EventOptions
        {
            MaxBytes = settings.Number("Cax__Events__MaxBytes", DefaultMaxBytes, 1_000, DefaultMaxBytes),
            Strict = settings.Flag("Cax__Events__Strict", false),
            DefaultType = settings.Text("Cax__Events__DefaultType") ?? "online",
            Severities = severities,
        };
    }
}
