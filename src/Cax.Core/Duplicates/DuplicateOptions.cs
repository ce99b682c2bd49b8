using Cax.Core.Settings;

namespace Cax.Core.Duplicates;

/// <summary>How duplicates are recognised.</summary>
public sealed record DuplicateOptions
{
    /// <summary>How many event ids with an outcome a process remembers. Default 100,000.</summary>
    public int Remember { get; init; } = 100_000;

    /// <summary>
    /// Over how many days what was sent is skipped as <c>already_sent</c>, whichever run sent it: for exports that overlap. Read from the receipts. Default
    /// 0, which is off.
    /// </summary>
    public int AcrossRuns { get; init; }

    public static DuplicateOptions Read(SettingsReader settings) => new()
    {
        Remember = settings.Number("Cax__Duplicates__Remember", 100_000, 1, 10_000_000),
        AcrossRuns = settings.Number("Cax__Duplicates__AcrossRuns", 0, 0, 400),
    };
}
