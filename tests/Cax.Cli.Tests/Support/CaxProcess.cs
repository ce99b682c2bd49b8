using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cax.Cli.Tests.Support;

/// <summary>The command line as a process of its own, which can be killed and whose memory is watched.</summary>
internal sealed class CaxProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private CaxProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The most memory that was ever resident, in bytes; zero where the system does not tell.</summary>
    public long PeakBytes { get; private set; }

    public bool HasExited => _process.HasExited;

    public static CaxProcess Start(Uri endpoint, params string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var arg in (string[])[Path.Combine(AppContext.BaseDirectory, "cax.dll"), .. args])
        {
            start.ArgumentList.Add(arg);
        }

        start.Environment["Cax__Endpoint"] = endpoint.AbsoluteUri;
        start.Environment["Cax__SiteId"] = "29";
        start.Environment["Cax__SourceKey"] = Terminal.Key;
        start.Environment["Cax__Delivery__RequestsPerSecond"] = "500";
        return new CaxProcess(Process.Start(start)!);
    }

    /// <summary>Ends it as the system does that is out of memory: at once, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<CliResult> WaitAsync()
    {
        while (!_process.HasExited)
        {
            Look();
            await Task.WhenAny(_process.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(50, TestContext.Current.CancellationToken));
        }

        return new CliResult(_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Look()
    {
        try
        {
            var line = File.ReadLines(FormattableString.Invariant($"/proc/{_process.Id}/status")).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            if (line is not null)
            {
                PeakBytes = Math.Max(PeakBytes, 1_024 * long.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture));
            }
        }
        catch (IOException)
        {
            // It has ended, or the system has no such file.
        }
    }
}
