using Cax.Core.Settings;

namespace Cax.Core.Sources;

/// <summary>How the Function app treats export files.</summary>
public sealed record ExportOptions
{
    /// <summary>
    /// How long an invocation holds on to a file of a destination that takes nothing; then the host offers the file again. Default 50 minutes, which is
    /// also the most: see <see cref="ServiceBusOptions.LongestHold"/>.
    /// </summary>
    public TimeSpan HoldFor { get; init; } = ServiceBusOptions.LongestHold;

    public static ExportOptions Read(SettingsReader settings) => new()
    {
        HoldFor = settings.Duration("Cax__Exports__HoldFor", new ExportOptions().HoldFor, TimeSpan.Zero, ServiceBusOptions.LongestHold),
    };
}
