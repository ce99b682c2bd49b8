using Cax.Core.Settings;

namespace Cax.Core.Reports;

/// <summary>Where the Function app keeps its accounts of what was sent.</summary>
public sealed record AccountOptions
{
    /// <summary>The blob container of the counts by quarter hour. Default <c>accounts</c>.</summary>
    public string Container { get; init; } = "accounts";

    public static AccountOptions Read(SettingsReader settings) => new()
    {
        Container = settings.Text("Cax__Accounts__Container") ?? "accounts",
    };
}
