using Cax.Core.Mapping.Profiles.Reading;

namespace Cax.Core.Mapping.Profiles;

/// <summary>Says what is wrong with the document of a profile.</summary>
public static class ProfileCheck
{
    /// <summary>All mistakes, or the first two hundred; none when it can be used.</summary>
    public static IReadOnlyList<ProfileProblem> Problems(ProfileDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var problems = new List<ProfileProblem>();
        ProfileReader.Read(document, new Dictionary<string, string>(), problems);
        return problems;
    }
}
