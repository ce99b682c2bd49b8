using System.Collections.Concurrent;
using Cax.Core.Reports.Health;
using Cax.Core.Telemetry;
using CaxFunctions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Health;

/// <summary>Runs the health check and tells what it found: in the log, and as metrics.</summary>
/// <param name="check">The check.</param>
/// <param name="metrics">The metrics.</param>
/// <param name="log">The log.</param>
public sealed class HealthRuns(SourceHealthCheck check, SourceHealthMetrics metrics, ILogger<HealthRuns> log)
{
    /// <summary>Senders choose event names. What is wrong with this many of them is wrong with all.</summary>
    private const int MostNamesTold = 10;

    private readonly ConcurrentDictionary<string, bool> _told = new();

    /// <summary>Throws for nothing but cancellation: the host logs what it is thrown, whole, and the texts of what lies beneath may hold anything.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        try
        {
            var reports = await check.CheckAsync(cancellation);
            metrics.Publish(reports);
            foreach (var report in reports)
            {
                Tell(report);
            }
        }
#pragma warning disable CA1031 // The boundary to the host.
        catch (Exception bug) when (bug is not OperationCanceledException || !cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            log.CheckFailed(BugTrace.Of(bug));
        }
    }

    private void Tell(SourceHealthReport report)
    {
        switch (report.State)
        {
            case SourceHealthState.NotChecked when _told.TryAdd("no token", true):
                log.NotChecked(report.Detail);
                break;
            case SourceHealthState.KeyLosesEvents:
                log.KeyLosesEvents(report.Destination, report.Detail);
                break;
            case SourceHealthState.Unanswered:
                log.Unanswered(report.Destination, report.Detail);
                break;
            case SourceHealthState.NothingFinal:
                log.NothingFinal(report.Destination);
                break;
            case SourceHealthState.Compared:
                TellComparison(report);
                break;
        }

        if (report.Unreadable.Count > 0 && _told.TryAdd(report.Unreadable[0], true))
        {
            log.Unreadable(report.Unreadable.Count, report.Unreadable[0]);
        }
    }

    private void TellComparison(SourceHealthReport report)
    {
        log.Compared(report.Destination, report.From!.Value, report.Until!.Value, report.Sent, report.Collected, report.Normalized, report.NotCompared);
        if (report.IsShared && _told.TryAdd("shared " + report.Destination, true))
        {
            log.Shared(report.Destination);
        }

        var atLeast = report.IsShared ? "at least " : "";
        foreach (var health in report.Events.Where(health => health.Missing > 0).Take(MostNamesTold))
        {
            log.Missing(report.Destination, health.Name, health.Sent, health.Collected, atLeast, health.Missing);
        }

        foreach (var health in report.Events.Where(health => health.Rejected > 0).OrderByDescending(health => health.Rejected).Take(MostNamesTold))
        {
            log.Rejected(report.Destination, health.Name, health.Collected, health.Normalized, health.Rejected);
        }
    }
}
