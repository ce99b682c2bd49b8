using System.Reflection;

namespace Cax.Core.Mapping.Profiles;

/// <summary>The profiles that come with the connector.</summary>
public static class BuiltInProfiles
{
    /// <summary>How the places of their documents begin.</summary>
    public const string Place = "built-in ";

    private const string Folder = "profiles/";

    /// <summary>Their documents, in the order of their names.</summary>
    public static IReadOnlyList<ProfileDocument> Documents { get; } = All(".profile.json");

    /// <summary>Their golden cases, in the order of their names.</summary>
    public static IReadOnlyList<ProfileDocument> Cases => All(".cases.json");

    private static ProfileDocument[] All(string ending) =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new ProfileDocument(Place + name[Folder.Length..], Read(name))),
    ];

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var utf8 = new byte[stream.Length];
        stream.ReadExactly(utf8);
        return utf8;
    }
}
