using System.Globalization;
using System.Runtime.CompilerServices;

namespace Cax.Core.DeadLetters;

/// <summary>
/// Dead letters as files: <c>{name}.json</c>, one JSON line each, and <c>{name}.replay-1.json</c> for the result of a replay.
/// </summary>
public sealed class DirectoryDeadLetterStore(string directory) : IDeadLetterStore, IDeadLetterWriter
{
    private const string Ending = ".json";
    private const string ReplayMark = ".replay-";

    public IDeadLetterWriter Begin() => this;

    public async ValueTask WriteAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation)
    {
        foreach (var letter in letters)
        {
            await WriteAsync(letter, cancellation);
        }
    }

    public ValueTask ForgetAsync(BlockLetters letters, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(letters);
        try
        {
            foreach (var prefix in letters.Prefixes)
            {
                var path = PathOf(prefix);
                var folder = new DirectoryInfo(Path.GetDirectoryName(path)!);
                foreach (var file in folder.Exists ? folder.EnumerateFiles(Path.GetFileName(path) + "*") : [])
                {
                    if (letters.Includes(file.Name, Path.GetFileName(path)))
                    {
                        file.Delete();
                    }
                }
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(e);
        }

        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<StoredDeadLetter> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!Directory.Exists(directory))
        {
            yield break;
        }

        var names = Directory.EnumerateFiles(directory, "*" + Ending, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/')[..^Ending.Length])
            .Where(name => !name.Contains(ReplayMark, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var name in names)
        {
            yield return await ReadOneAsync(name, cancellation);
        }
    }

    public async ValueTask WriteResultAsync(string name, ReplayResult result, CancellationToken cancellation)
    {
        await using var file = CreateResult(name);
        await file.WriteAsync(DeadLetterJson.Write(result), cancellation);
    }

    public async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<ReplayResult>>> ReadResultsAsync(string document, CancellationToken cancellation)
    {
        var results = new Dictionary<string, IReadOnlyList<ReplayResult>>(StringComparer.Ordinal);
        var folder = new DirectoryInfo(Path.GetDirectoryName(PathOf(document))!);
        foreach (var file in folder.Exists ? folder.EnumerateFiles("*" + ReplayMark + "1" + Ending) : [])
        {
            var last = file.Name[..^(ReplayMark + "1" + Ending).Length];
            var name = document[..(document.LastIndexOf('/') + 1)] + last;
            if (DeadLetter.DocumentOf(name) == document)
            {
                results[name] = await ReplaysAsync(name, cancellation);
            }
        }

        return results;
    }

    private async ValueTask WriteAsync(DeadLetter letter, CancellationToken cancellation)
    {
        var path = PathOf(letter.Name + Ending);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // A reader never sees half a document, and a process that dies here leaves the old one.
            var unfinished = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
            try
            {
                await File.WriteAllBytesAsync(unfinished, DeadLetterJson.Write(letter), cancellation);
                File.Move(unfinished, path, overwrite: true);
            }
            finally
            {
                File.Delete(unfinished);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(e);
        }
    }

    /// <summary>Several may look for the next free number at once: only one of them can create it.</summary>
    private FileStream CreateResult(string name)
    {
        for (var number = 1; ; number++)
        {
            var path = PathOf(ResultName(name, number));
            try
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);
            }
            catch (IOException) when (File.Exists(path))
            {
                // An earlier result.
            }
            catch (UnauthorizedAccessException e)
            {
                throw Unwritable(e);
            }
        }
    }

    private IOException Unwritable(UnauthorizedAccessException e) => new($"Dead letters cannot be written to {directory}: {e.Message}", e);

    private async ValueTask<StoredDeadLetter> ReadOneAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var letter = DeadLetterReader.ReadLetter(await File.ReadAllBytesAsync(PathOf(name + Ending), cancellation));
            return new StoredDeadLetter(name, letter, null, await ReplaysAsync(name, cancellation));
        }
        catch (FormatException e)
        {
            return new StoredDeadLetter(name, null, e.Message, []);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"Dead letters cannot be read from {directory}: {e.Message}", e);
        }
    }

    private async ValueTask<IReadOnlyList<ReplayResult>> ReplaysAsync(string name, CancellationToken cancellation)
    {
        var replays = new List<ReplayResult>();
        for (var number = 1; File.Exists(PathOf(ResultName(name, number))); number++)
        {
            replays.Add(DeadLetterReader.ReadResult(await File.ReadAllBytesAsync(PathOf(ResultName(name, number)), cancellation)));
        }

        return replays;
    }

    private static string ResultName(string name, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}{ReplayMark}{number}{Ending}");

    private string PathOf(string name)
    {
        // Names come out of documents, and documents may be forged: none leads out of the directory.
        var path = Path.GetFullPath(Path.Combine(directory, name));
        return path.StartsWith(Path.GetFullPath(directory) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new IOException("The name of a dead letter leads out of its directory.");
    }
}
