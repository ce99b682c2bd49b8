using Microsoft.Azure.Functions.Worker;

namespace CaxFunctions.Health;

/// <summary>Asks every quarter of an hour whether what was sent arrives.</summary>
public sealed class SourceHealth(HealthRuns runs)
{
    [Function(nameof(SourceHealth))]
    public Task RunAsync([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellation) => runs.CheckAsync(cancellation);
}
