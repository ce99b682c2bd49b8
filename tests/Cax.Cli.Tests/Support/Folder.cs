namespace Cax.Cli.Tests.Support;

/// <summary>A temporary directory of one test.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cax-test-").FullName;

    public string DeadLetters => In("dead-letters");

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file of the given lines and gives back its path.</summary>
    public string File(string name, params string[] lines)
    {
        System.IO.File.WriteAllLines(In(name), lines);
        return In(name);
    }

    /// <summary>The dead letters, or results of replays, by the end of their names.</summary>
    public IReadOnlyList<string> Parked(string ending = ".json") =>
        Directory.Exists(DeadLetters) ? [.. Directory.EnumerateFiles(DeadLetters, "*" + ending, SearchOption.AllDirectories).Order()] : [];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
