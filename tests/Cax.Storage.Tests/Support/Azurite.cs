using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs;
using Cax.Storage.Tests.Support;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace Cax.Storage.Tests.Support;

/// <summary>
/// The blob emulator: installed with npm from its lock file when it is needed for the first time, started once a test process, stopped at its end.
/// Without Node its tests are skipped. With Node, an emulator that cannot be installed or started is a failure.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    private const string Account = "caxtests";

    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(1);

    private readonly NpmFolder _folder = new(Folder());
    private readonly Lazy<Task<string>> _connection;
    private readonly StringBuilder _output = new();
    private Process? _process;

    public Azurite() => _connection = new Lazy<Task<string>>(() => Task.Run(StartAsync));

    /// <summary>Its connection string; skips the test where Node is missing.</summary>
    public async Task<string> ConnectionAsync()
    {
        Assert.SkipUnless(NpmFolder.IsPossible, "Node.js with npm is not on this machine, and the blob emulator needs it.");
        return await _connection.Value;
    }

    /// <summary>A container of one test; it does not exist yet.</summary>
    public async Task<BlobContainerClient> ContainerAsync(BlobClientOptions? options = null) =>
        new BlobServiceClient(await ConnectionAsync(), options).GetBlobContainerClient("test-" + Guid.NewGuid().ToString("N"));

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "azurite"));

    private async Task<string> StartAsync()
    {
        await _folder.InstallAsync();
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var port = FreePort();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = _folder.Node(
            "start.js", "--inMemoryPersistence", "--silent", "--disableTelemetry", "--blobHost", "127.0.0.1", "--blobPort", $"{port}");
        process.StartInfo.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{key}";
        process.StartInfo.RedirectStandardInput = true;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The blob emulator ended: " + _output));
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("successfully listen", StringComparison.Ordinal) == true)
            {
                ready.TrySetResult();
            }
        };
        NpmFolder.Begin(process, _output);
        _process = process;
        try
        {
            await ready.Task.WaitAsync(StartTime);
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException("The blob emulator did not start in time: " + _output, e);
        }

        return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};BlobEndpoint=http://127.0.0.1:{port}/{Account};";
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
