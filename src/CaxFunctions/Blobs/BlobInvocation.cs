using Cax.Core;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Blobs;

/// <summary>
/// The boundary to the host around a run over a blob. The host logs whatever it is thrown, whole: so nothing of what lies beneath goes through, whose texts
/// may hold anything.
/// </summary>
/// <param name="options">All settings.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
public sealed class BlobInvocation(CaxOptions options, TimeProvider time, ILogger<BlobInvocation> log)
{
    /// <summary>How long after the hold an invocation may still take: enough to end orderly before the host's time-out, which would end the process.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What is left is kept from the host for this part of the hold at least: it offers a blob five times and at once, and a store that fails for a minute
    /// would use them up.
    /// </summary>
    private const int Rests = 10;

    /// <summary>Runs <paramref name="work"/>, whose token ends before the host's time-out.</summary>
    /// <param name="work">Gives what is left to be done, for the log; null when nothing is.</param>
    /// <param name="cancellation">Of the host.</param>
    /// <exception cref="IOException">Something is left to be done: the host offers the blob again.</exception>
    public async Task RunAsync(Func<CancellationToken, Task<string?>> work, CancellationToken cancellation)
    {
        var rested = time.GetUtcNow() + (options.Exports.HoldFor / Rests);
        using var late = new CancellationTokenSource(options.Exports.HoldFor + Grace, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        string? left;
        try
        {
            left = await work(ending.Token);
        }
        catch (IOException e)
        {
            left = e.Message;
        }
        catch (Exception bug) when (bug is not OperationCanceledException || !ending.IsCancellationRequested)
        {
            log.Failed(BugTrace.Of(bug));
            left = "A run over a blob failed in a way it should not; the log has more. This is a bug of the connector.";
        }

        if (left is null)
        {
            return;
        }

        var rest = rested - time.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        throw new IOException(left);
    }
}
