using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Cax.Tests.Support;

/// <summary>
/// A folder with programs for Node: its packages are installed with npm from its lock file when they are needed for the first time. Several test
/// processes may want them at once.
/// </summary>
internal sealed class NpmFolder(string folder)
{
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(5);

    /// <summary>Whether Node and npm are on this machine.</summary>
    public static bool IsPossible => Find("node") is not null && Find(Npm) is not null;

    private static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>Where a program is; null when it is not on this machine.</summary>
    public static string? Find(string program)
    {
        var endings = OperatingSystem.IsWindows() ? (string[])["", ".exe"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(directory => endings.Select(ending => Path.Combine(directory, program + ending)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Installs the packages, if that was not done before. One process installs, the others wait.</summary>
    public async Task InstallAsync()
    {
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(folder, "package-lock.json"))));
        var installed = Path.Combine(folder, "node_modules", ".installed");
        using var limit = new CancellationTokenSource(InstallTime);
        await using var alone = await LockAsync(limit.Token);
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted)
        {
            return;
        }

        var output = new StringBuilder();
        using var npm = Prepare(Find(Npm)!, "ci", "--no-audit", "--no-fund");
        Begin(npm, output);
        try
        {
            await npm.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            npm.Kill(entireProcessTree: true);
            throw new InvalidOperationException("npm ci did not end in time: " + output, e);
        }

        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci ended with {npm.ExitCode}: {output}");
        }

        await File.WriteAllTextAsync(installed, wanted);
    }

    /// <summary>A program of the folder, not yet started.</summary>
    public Process Node(params string[] arguments) => Prepare(Find("node")!, arguments);

    /// <summary>Starts a process; what it says is gathered.</summary>
    public static void Begin(Process process, StringBuilder output)
    {
        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        void Note(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }
    }

    private async Task<FileStream> LockAsync(CancellationToken limit)
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, limit);
            }
        }
    }

    private Process Prepare(string program, params string[] arguments) => new()
    {
        StartInfo = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        },
    };
}
