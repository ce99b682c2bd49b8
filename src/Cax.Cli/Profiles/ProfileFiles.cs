using Cax.Core.Mapping.Profiles;

namespace Cax.Cli.Profiles;

/// <summary>Finds and reads the files of profiles. Whatever is missing or cannot be read is told.</summary>
internal sealed class ProfileFiles(CliConsole console)
{
    public const string CasesEnding = ".cases.json";

    /// <summary>The profiles of a directory and those below it; none when no directory is given, and null when it cannot be read.</summary>
    public IReadOnlyList<ProfileDocument>? OfDirectory(string? directory) => directory is null ? [] : Read([directory], ProfileDocument.Ending);

    /// <summary>Files as they are named, and of directories those with an ending. Null when one of them cannot be read.</summary>
    public IReadOnlyList<ProfileDocument>? Read(IEnumerable<string> names, string ending)
    {
        var documents = new List<ProfileDocument>();
        var isSound = true;
        foreach (var name in names)
        {
            try
            {
                var files = Directory.Exists(name) ? Directory.GetFiles(name, "*" + ending, SearchOption.AllDirectories) : [name];
                documents.AddRange(files.Order(StringComparer.Ordinal).Select(file => new ProfileDocument(file, File.ReadAllBytes(file))));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Tell(name, e);
                isSound = false;
            }
        }

        return isSound ? documents : null;
    }

    /// <summary>The profiles that stand beside a file, in its own directory alone.</summary>
    public IReadOnlyList<ProfileDocument> Beside(string file) =>
        Read(Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(file))!, "*" + ProfileDocument.Ending).Order(StringComparer.Ordinal), "") ?? [];

    /// <summary>Tells the mistakes of profiles.</summary>
    public void Tell(IEnumerable<ProfileProblem> problems)
    {
        foreach (var problem in problems)
        {
            console.Say(ProblemText.Of(problem));
        }
    }

    private void Tell(string name, Exception e) =>
        console.Say(e is FileNotFoundException or DirectoryNotFoundException ? $"{name}: no such file or directory" : $"{name}: cannot be read");
}
