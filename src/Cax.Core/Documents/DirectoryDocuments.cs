using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Cax.Core.Documents;

/// <summary>Documents as files of a directory, which is created on demand. Several processes may use it at once.</summary>
/// <remarks>
/// A document is written beside the others, in the folder <c>.cax</c>, and then moved to its place, so that a reader or a process that dies sees no half
/// of it. Whoever moves or deletes holds a lock meanwhile, which ends with its process. What tells one version from another is the time of its file,
/// which never goes back, and its content. A name cannot be the folder of another.
/// </remarks>
/// <param name="directory">Its path.</param>
public sealed class DirectoryDocuments(string directory) : IDocumentStore
{
    private const string Workshop = ".cax";

    /// <summary>The lock is held for a moment only: whoever has it for longer is stopped, or on a broken disk.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(5);

    /// <summary>After so long nobody is still writing what was begun.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    private int _isSwept;

    public string Name => directory;

    public async ValueTask<StoredDocument?> ReadAsync(string name, CancellationToken cancellation)
    {
        var path = PathOf(name);
        try
        {
            await using var file = TryOpen(path);
            if (file is null)
            {
                return null;
            }

            var content = new byte[file.Length];
            await file.ReadExactlyAsync(content, cancellation);
            return new StoredDocument(content, TagOf(File.GetLastWriteTimeUtc(file.SafeFileHandle), content));
        }
        catch (UnauthorizedAccessException e)
        {
            throw Denied("read", e);
        }
    }

    public ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return ValueTask.FromResult<Stream?>(TryOpen(PathOf(name)));
        }
        catch (UnauthorizedAccessException e)
        {
            throw Denied("read", e);
        }
    }

    public ValueTask WriteAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        WriteAsync(name, (file, stop) => file.WriteAsync(content, stop).AsTask(), cancellation);

    public async ValueTask WriteAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(write);
        var path = PathOf(name);
        await PrepareAsync(
            write,
            async unfinished =>
            {
                await using var alone = await LockAsync(cancellation);
                return Move(unfinished, path);
            },
            cancellation);
    }

    public async ValueTask<string?> TryWriteAsync(string name, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellation)
    {
        var path = PathOf(name);
        return await PrepareAsync<string?>(
            (file, stop) => file.WriteAsync(content, stop).AsTask(),
            async unfinished =>
            {
                await using var alone = await LockAsync(cancellation);
                return (await ReadAsync(name, cancellation))?.Tag == tag ? TagOf(Move(unfinished, path), content.Span) : null;
            },
            cancellation);
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        var folder = DocumentName.CheckedPrefix(prefix)[..(prefix.LastIndexOf('/') + 1)];
        foreach (var name in Below(folder))
        {
            cancellation.ThrowIfCancellationRequested();
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return name;
            }
        }
    }

    public async ValueTask DeleteAsync(string name, CancellationToken cancellation)
    {
        var path = PathOf(name);
        if (!Directory.Exists(directory))
        {
            return;
        }

        try
        {
            await using var alone = await LockAsync(cancellation);
            try
            {
                File.Delete(path);
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }

            DeleteEmptyFolders(Path.GetDirectoryName(path)!);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Denied("written to", e);
        }
    }

    /// <summary>Writes to a file that nobody sees, and says what becomes of it.</summary>
    private async ValueTask<T> PrepareAsync<T>(Func<Stream, CancellationToken, Task> write, Func<string, Task<T>> use, CancellationToken cancellation)
    {
        try
        {
            Sweep();
            var unfinished = Path.Combine(CreateWorkshop(), Guid.NewGuid().ToString("N") + ".tmp");
            try
            {
                await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 65_536, FileOptions.Asynchronous))
                {
                    await write(file, cancellation);
                    await file.FlushAsync(cancellation);

                    // The move must not reach the disk before what is moved: a machine that loses its power would leave an empty document.
                    file.Flush(flushToDisk: true);
                }

                return await use(unfinished);
            }
            finally
            {
                File.Delete(unfinished);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw Denied("written to", e);
        }
    }

    /// <summary>Puts a finished file in its place; only whoever holds the lock does. Gives back the time that tells it from the version before.</summary>
    private static DateTime Move(string unfinished, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path) && File.GetLastWriteTimeUtc(path) is var before && File.GetLastWriteTimeUtc(unfinished) <= before)
        {
            File.SetLastWriteTimeUtc(unfinished, before.AddTicks(1));
        }

        var time = File.GetLastWriteTimeUtc(unfinished);
        File.Move(unfinished, path, overwrite: true);
        return time;
    }

    /// <summary>Null when there is none. It stays readable when it is replaced meanwhile.</summary>
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 65_536, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Waits until nobody else moves or deletes, in whatever process.</summary>
    private async ValueTask<FileStream> LockAsync(CancellationToken cancellation)
    {
        var path = Path.Combine(CreateWorkshop(), "lock");
        for (var waited = TimeSpan.Zero; ; waited += BetweenTries)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException))
            {
                if (waited >= LongestWait)
                {
                    throw new IOException($"{directory}: another process holds the lock {path}, or it cannot be opened: {e.Message}", e);
                }
            }

            await Task.Delay(BetweenTries, TimeProvider.System, cancellation);
        }
    }

    private string CreateWorkshop() => Directory.CreateDirectory(Path.Combine(directory, Workshop)).FullName;

    /// <summary>Deletes what processes left that died while they wrote; once is enough.</summary>
    private void Sweep()
    {
        if (Interlocked.Exchange(ref _isSwept, 1) == 1)
        {
            return;
        }

        var abandoned = TimeProvider.System.GetUtcNow() - AbandonedAfter;
        foreach (var file in new DirectoryInfo(CreateWorkshop()).EnumerateFiles("*.tmp").Where(file => file.LastWriteTimeUtc < abandoned))
        {
            file.Delete();
        }
    }

    private void DeleteEmptyFolders(string folder)
    {
        var root = Path.GetFullPath(directory);
        while (folder != root && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }
    }

    /// <summary>The names of the documents in a folder and below it. A folder that is deleted meanwhile holds none.</summary>
    private IEnumerable<string> Below(string folder)
    {
        var info = new DirectoryInfo(Path.Combine(directory, folder));
        List<string> entries;
        try
        {
            entries = [.. info.EnumerateFileSystemInfos().Select(entry => entry is DirectoryInfo ? entry.Name + "/" : entry.Name)];
        }
        catch (DirectoryNotFoundException)
        {
            yield break;
        }
        catch (UnauthorizedAccessException e)
        {
            throw Denied("read", e);
        }

        // A folder is sorted by the stroke that follows it in the names of what is in it.
        entries.Sort(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (!entry.EndsWith('/'))
            {
                yield return folder + entry;
            }
            else if (folder + entry != Workshop + "/")
            {
                foreach (var name in Below(folder + entry))
                {
                    yield return name;
                }
            }
        }
    }

    private string PathOf(string name) => DocumentName.Checked(name).Split('/')[0] != Workshop
        ? Path.Combine(Path.GetFullPath(directory), name)
        : throw new IOException($"No document is named {Workshop}: that is where documents are prepared.");

    private static string TagOf(DateTime time, ReadOnlySpan<byte> content) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Ticks:x}-{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}");

    private IOException Denied(string what, UnauthorizedAccessException e) => new($"The directory {directory} cannot be {what}: {e.Message}", e);
}
