using Cax.Core.Reports.Health;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Health;

/// <summary>Writes what this process sent, every minute and once more when everything else has stopped.</summary>
/// <remarks>Services stop in the reverse order of their registration, so an ordinary stop would come before the last invocations have ended.</remarks>
internal sealed class SentCountsService(SentCountsWriter writer, TimeProvider time, ILogger<SentCountsService> log) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;
    private bool _fails;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = WriteAgainAndAgainAsync(_stopping.Token);
        return Task.CompletedTask;
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _writing;
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            log.NotWritten("the host did not wait for it");
        }
#pragma warning disable CA1031 // The host would log it whole, and its text may hold anything.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            log.Failed(BugTrace.Of(bug));
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private async Task WriteAgainAndAgainAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, time, stopping);
                await WriteAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is left is written once everything has stopped.
        }
#pragma warning disable CA1031 // Nobody looks at this task before the end: a bug must not end the counting in silence.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            log.Failed(BugTrace.Of(bug));
        }
    }

    /// <summary>An outage of the storage is told when it begins and when it ends.</summary>
    private async Task WriteAsync(CancellationToken cancellation)
    {
        var failure = await writer.WriteAsync(cancellation);
        if (failure is not null && !_fails)
        {
            log.NotWritten(failure);
        }
        else if (failure is null && _fails)
        {
            log.WrittenAgain();
        }

        _fails = failure is not null;
    }
}
