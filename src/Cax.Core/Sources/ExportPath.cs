using System.IO.Enumeration;
using Cax.Core.Mapping;

namespace Cax.Core.Sources;

/// <summary>What the path of an export file says: where its events go, and which profile maps its records.</summary>
/// <param name="Destination">The name of the destination; one that the settings may not know.</param>
/// <param name="Profile">The profile; null to recognise each record by its shape.</param>
public sealed record ExportPath(string Destination, ProfileChoice? Profile)
{
    /// <summary>Reads a path. Case does not matter.</summary>
    /// <remarks>
    /// The first rule that matches decides. Without one, the first folder names the destination and the folder below it may name a profile; or the first
    /// folder names a profile. A first folder that names neither is taken for a destination that there is not: such a file is parked, not guessed at.
    /// </remarks>
    /// <param name="path">The path within the container, with <c>/</c> between its folders.</param>
    /// <param name="rules">The rules of the settings.</param>
    /// <param name="isDestination">Whether there is a destination of this name.</param>
    /// <param name="isProfile">Whether there is a profile of this name.</param>
    public static ExportPath Read(string path, IReadOnlyList<ExportPathRule> rules, Func<string, bool> isDestination, Func<string, bool> isProfile)
    {
        var (first, below) = Folders(path);
        foreach (var rule in rules)
        {
            if (rule.Matches(path))
            {
                var destination = rule.Destination ?? (first is not null && isDestination(first) ? first : Delivery.Destination.DefaultName);
                return new ExportPath(destination, new ProfileChoice(rule.Profile, ProfileRule.Path));
            }
        }

        if (first is null)
        {
            return new ExportPath(Delivery.Destination.DefaultName, null);
        }

        if (isDestination(first))
        {
            return new ExportPath(first, below is not null && isProfile(below) ? new ProfileChoice(below, ProfileRule.Path) : null);
        }

        return isProfile(first)
            ? new ExportPath(Delivery.Destination.DefaultName, new ProfileChoice(first, ProfileRule.Path))
            : new ExportPath(first, null);
    }

    /// <summary>The first two folders of a path, as far as it has them.</summary>
    private static (string? First, string? Below) Folders(string path) => path.Split('/') switch
    {
        [var first, var below, _, ..] => (first, below),
        [var first, _] => (first, null),
        _ => (null, null),
    };
}

/// <summary>Which files a profile maps.</summary>
/// <param name="Pattern">The whole path within the container: <c>*</c> stands for any characters, <c>?</c> for one; case does not matter.</param>
/// <param name="Profile">The name of the profile.</param>
/// <param name="Destination">The name of the destination; null for that of the first folder if it names one, else the first one.</param>
public sealed record ExportPathRule(string Pattern, string Profile, string? Destination)
{
    public bool Matches(string path) => FileSystemName.MatchesSimpleExpression(Pattern, path);
}
