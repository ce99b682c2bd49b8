using Cax.Core.Settings;

namespace Cax.Core.Sources;

/// <summary>How the Function app treats export files.</summary>
public sealed record ExportOptions
{
    /// <summary>The most records of a block.</summary>
    public const int MostBlockRecords = 5_000;

    /// <summary>
    /// How long a run holds on to a file of a destination that takes nothing; then the file waits, and is taken up again within a minute. Default
    /// 50 minutes, which is also the most: see <see cref="ServiceBusOptions.LongestHold"/>.
    /// </summary>
    public TimeSpan HoldFor { get; init; } = ServiceBusOptions.LongestHold;

    /// <summary>After how many records progress is written down: what a crash repeats at most. Default and most 5,000.</summary>
    public int BlockRecords { get; init; } = MostBlockRecords;

    /// <summary>Which files are mapped by which profile; the first rule that a path matches counts, before the names of its folders do.</summary>
    public IReadOnlyList<ExportPathRule> Paths { get; init; } = [];

    public static ExportOptions Read(SettingsReader settings) => new()
    {
        HoldFor = settings.Duration("Cax__Exports__HoldFor", new ExportOptions().HoldFor, TimeSpan.Zero, ServiceBusOptions.LongestHold),
        BlockRecords = settings.Number("Cax__Exports__BlockRecords", MostBlockRecords, 1, MostBlockRecords),
        Paths = ReadPaths(settings),
    };

    private static List<ExportPathRule> ReadPaths(SettingsReader settings)
    {
        var rules = new List<ExportPathRule>();
        var given = settings.Children("Cax__Exports__Paths").Count;
        for (var i = 0; i < Math.Max(given, 1); i++)
        {
            var prefix = FormattableString.Invariant($"Cax__Exports__Paths__{i}__");
            var (pattern, profile, destination) = (settings.Text(prefix + "Pattern"), settings.Text(prefix + "Profile"), settings.Text(prefix + "Destination"));
            if (pattern is not null && profile is not null)
            {
                rules.Add(new ExportPathRule(pattern, profile, destination));
            }
            else if (given > 0)
            {
                settings.Problem(prefix + (pattern is null ? "Pattern" : "Profile"), "must be set: each rule has a pattern and a profile, and the rules are numbered from 0 without a gap");
            }
        }

        return rules;
    }
}
