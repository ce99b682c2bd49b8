using Cax.Core.Settings;

namespace Cax.Core.Sources;

/// <summary>How the Function app treats export files.</summary>
public sealed record ExportOptions
{
    /// <summary>
    /// How long an invocation holds on to a file of a destination that takes nothing; then the host offers the file again. Default 50 minutes; less than
    /// the <c>functionTimeout</c> of <c>host.json</c>.
    /// </summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(50);

    public static ExportOptions Read(SettingsReader settings) => new()
    {
        HoldFor = settings.Duration("Cax__Exports__HoldFor", new ExportOptions().HoldFor, TimeSpan.Zero, TimeSpan.FromHours(24)),
    };
}
