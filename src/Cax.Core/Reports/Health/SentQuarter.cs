using System.Globalization;

namespace Cax.Core.Reports.Health;

/// <summary>What one process sent within one quarter hour.</summary>
/// <param name="Quarter">The begin of the quarter hour, in UTC.</param>
/// <param name="Instance">The process: a name that no other start of it has.</param>
/// <param name="Destinations">By the name of the destination.</param>
public sealed record SentQuarter(DateTimeOffset Quarter, string Instance, IReadOnlyDictionary<string, SentToDestination> Destinations)
{
    /// <summary>The name under which it is stored, such as <c>2026/11/21/0915/20261121T090000Z-3f6b0c1d2e4f</c>.</summary>
    public string Name => FolderOf(Quarter) + Instance;

    /// <summary>All events; grows with everything that is sent.</summary>
    public long Total => Destinations.Values.Sum(destination => destination.ByName.Values.Sum(count => count.Sent));

    /// <summary>How the names of all that was sent in a quarter hour begin.</summary>
    public static string FolderOf(DateTimeOffset quarter) => quarter.UtcDateTime.ToString("yyyy'/'MM'/'dd'/'HHmm'/'", CultureInfo.InvariantCulture);
}

/// <summary>What was sent to one destination.</summary>
/// <param name="SiteId">Its site.</param>
/// <param name="ByName">By event name; <see cref="SentCounts.OtherNames"/> stands for all that are not told apart.</param>
public sealed record SentToDestination(string SiteId, IReadOnlyDictionary<string, SentCount> ByName);
