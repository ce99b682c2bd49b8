using Cax.Core.Settings;

namespace Cax.Core.Duplicates;

/// <summary>How duplicates are recognised.</summary>
public sealed record DuplicateOptions
{
    /// <summary>How many event ids with an outcome a process remembers. Default 100,000.</summary>
    public int Remember { get; init; } = 100_000;

    public static DuplicateOptions Read(SettingsReader settings) => new()
    {
        Remember = settings.Number("Cax__Duplicates__Remember", 100_000, 1, 10_000_000),
    };
}
