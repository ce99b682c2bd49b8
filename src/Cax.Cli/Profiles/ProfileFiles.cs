using Cax.Core.Mapping.Profiles;

namespace Cax.Cli.Profiles;

/// <summary>Finds and reads the files of profiles. Whatever is missing or cannot be read is told.</summary>
internal sealed class ProfileFiles(CliConsole console)
{
    public const string ProfileEnding = ProfileDocument.Ending;
    public const string CasesEnding = ".cases.json";

    /// <summary>The profiles of a directory; none when no directory is given, and null when it cannot be read.</summary>
    public IReadOnlyList<ProfileDocument>? OfDirectory(string? directory) => directory is null ? [] : Read([directory], ProfileEnding);

    /// <summary>Files as they are named, and of directories those with an ending. Null when one of them cannot be read.</summary>
    public IReadOnlyList<ProfileDocument>? Read(IEnumerable<string> names, string ending)
    {
        var documents = new List<ProfileDocument>();
        var isSound = true;
        foreach (var name in names)
        {
            try
            {
                foreach (var file in Of(name, ending))
                {
                    documents.Add(new ProfileDocument(file, File.ReadAllBytes(file)));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                console.Say(e is FileNotFoundException or DirectoryNotFoundException ? $"{name}: no such file" : $"{name}: cannot be read");
                isSound = false;
            }
        }

        return isSound ? documents : null;
    }

    /// <summary>The profiles that stand beside a file.</summary>
    public IReadOnlyList<ProfileDocument> Beside(string file) => Read([Path.GetDirectoryName(Path.GetFullPath(file))!], ProfileEnding) ?? [];

    /// <summary>Tells the mistakes of profiles.</summary>
    public void Tell(IEnumerable<ProfileProblem> problems)
    {
        foreach (var problem in problems)
        {
            console.Say(ProblemText.Of(problem));
        }
    }

    private static IEnumerable<string> Of(string name, string ending) =>
        Directory.Exists(name) ? Directory.EnumerateFiles(name, "*" + ending).Order(StringComparer.Ordinal) : [name];
}
