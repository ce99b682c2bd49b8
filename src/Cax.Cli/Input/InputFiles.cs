using Cax.Cli.Commands;
using Cax.Core.Sources;

namespace Cax.Cli.Input;

/// <summary>The FILE arguments of a command: looked at before anything is done, then opened one after the other.</summary>
internal sealed class InputFiles
{
    private const string StandardInput = "-";

    private readonly CliConsole _console;
    private readonly IReadOnlyList<string> _names;

    private InputFiles(CliConsole console, IReadOnlyList<string> names)
    {
        _console = console;
        _names = names;
    }

    /// <summary>Null when a file is missing or cannot be read, which is then told, for all of them.</summary>
    public static InputFiles? Check(CliConsole console, IReadOnlyList<string> names)
    {
        // A misspelt option ends up here, and what follows it may be a key: of such a line only the option is repeated.
        if (names.FirstOrDefault(name => name.Length > 1 && name[0] == '-') is { } option)
        {
            console.Say($"{option} is no option of this command; a file of that name is written ./{option}");
            return null;
        }

        var problems = names.Distinct(StringComparer.Ordinal).Select(Problem).OfType<string>().ToList();
        if (names.Count(name => name == StandardInput) > 1)
        {
            problems.Add("standard input (-) can be read once only");
        }

        problems.ForEach(console.Say);
        return problems.Count == 0 ? new InputFiles(console, names) : null;
    }

    /// <summary>The paths in their order; null where standard input comes.</summary>
    public IEnumerable<string?> Paths => _names.Select(name => name == StandardInput ? null : name);

    /// <summary>As the pipeline takes them.</summary>
    public IEnumerable<SourceDelivery> Deliveries(SourceOptions options, string destination, ChosenMapping mapping)
    {
        foreach (var name in _names)
        {
            yield return name == StandardInput
                ? StandardInputDelivery(options, destination, mapping)
                : StreamDelivery.Of(StreamSource.OfFile(name), options, destination, mapping.Catalog, mapping.Hints);
        }
    }

    /// <summary>Standard input as the pipeline takes it.</summary>
    public SourceDelivery StandardInputDelivery(SourceOptions options, string destination, ChosenMapping mapping) =>
        StreamDelivery.OfEndless(Input("standard input"), options, destination, mapping.Catalog, mapping.Hints);

    /// <summary>Each under the name that findings tell; opened by whoever reads it.</summary>
    public IEnumerable<StreamSource> Sources() => _names.Select(name => name == StandardInput ? Input(StandardInput) : StreamSource.OfFile(name));

    private StreamSource Input(string name) => StreamSource.OfStream(name, new InterruptibleStream(_console.Input), _console.Time.GetUtcNow());

    private static string? Problem(string name)
    {
        if (name == StandardInput)
        {
            return null;
        }

        if (Directory.Exists(name))
        {
            return $"{name}: is a directory; name the files in it";
        }

        if (!File.Exists(name))
        {
            return name.Contains("://", StringComparison.Ordinal)
                ? $"{name.Split('?')[0]}: is an address; download it, and name the file"
                : $"{name}: no such file";
        }

        // A pipe (a named one, or /dev/fd/63 of the shell) can be opened once only. It has no length, and an empty file needs no looking at.
        if (new FileInfo(name).Length == 0)
        {
            return null;
        }

        try
        {
            File.OpenHandle(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite).Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{name}: cannot be read";
        }
    }
}
