namespace Cax.Core.Mapping.Profiles.Reading;

/// <summary>Compiles the document of a profile, or tells everything that is wrong with it.</summary>
internal static class ProfileReader
{
    /// <summary>The compiled profile; null when there is at least one mistake.</summary>
    /// <param name="document">JSON text in UTF-8; comments are allowed, commas before a closing bracket are not.</param>
    /// <param name="parameters">What the settings say for the parameters of this profile, by name. Case does not matter.</param>
    /// <param name="problems">Where mistakes go: all of them, or the first two hundred.</param>
    public static Profile? Read(ProfileDocument document, IReadOnlyDictionary<string, string> parameters, ICollection<ProfileProblem> problems)
    {
        var list = new ProblemList(document.Place, problems);
        using var json = DocumentJson.Parse(document.Utf8, list);
        return json is null ? null : new DocumentReader(document, new ReadingContext(list)).Read(json.RootElement, parameters);
    }
}
