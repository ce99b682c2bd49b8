using Cax.Core.Settings;

namespace Cax.Core.Reports;

/// <summary>Where reports and receipts go, and how far a file has come.</summary>
public sealed record ReportOptions
{
    /// <summary>The blob container of the Function app. Default <c>reports</c>.</summary>
    public string Container { get; init; } = "reports";

    /// <summary>The directory of the command line. Default <c>reports</c> in the current directory.</summary>
    public string Directory { get; init; } = "reports";

    /// <summary>How many days receipts are kept. Default 30.</summary>
    public int KeepReceiptsDays { get; init; } = 30;

    public static ReportOptions Read(SettingsReader settings) => new()
    {
        Container = settings.Text("Cax__Reports__Container") ?? "reports",
        Directory = settings.Text("Cax__Reports__Directory") ?? "reports",
        KeepReceiptsDays = settings.Number("Cax__Reports__KeepReceiptsDays", 30, 1, 400),
    };
}
