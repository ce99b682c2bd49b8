using System.Reflection;

namespace Cax.Core.Mapping.Profiles;

/// <summary>The profiles that come with the connector.</summary>
public static class BuiltInProfiles
{
    private const string Folder = "profiles/";
    private const string ProfileEnding = ".profile.json";

    /// <summary>Their documents, in the order of their names.</summary>
    public static IReadOnlyList<ProfileDocument> Documents { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(ProfileEnding, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new ProfileDocument("built-in " + name[Folder.Length..], Read(name))),
    ];

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var utf8 = new byte[stream.Length];
        stream.ReadExactly(utf8);
        return utf8;
    }
}
