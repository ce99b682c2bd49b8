using Cax.Core.Batching;
using Cax.Core.Reports;

namespace Cax.Core.Delivery;

/// <summary>Sends nothing: every event counts as what it would be.</summary>
internal sealed class DryRunSender(BatchLimits limits, AccountBook accounts, IOutcomes outcomes) : IBatchSender
{
    public Outcome? Stopped => null;

    public Trouble? Trouble => null;

    public bool IsIdle => true;

    public async ValueTask SendAsync(EventBatch batch, CancellationToken cancellation)
    {
        accounts.Accepted(batch, limits);
        foreach (var pending in batch.Events)
        {
            await outcomes.ResolveAsync(pending, Outcome.Sent);
        }
    }

    public ValueTask WhenIdleAsync() => ValueTask.CompletedTask;

    public ValueTask ResolveKeptBackAsync(bool onlyWitnessed) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
