using Cax.Core.Batching;

namespace Cax.Core.Delivery;

/// <summary>Takes closed batches and sees to it that every event in them gets an outcome.</summary>
internal interface IBatchSender : IAsyncDisposable
{
    /// <summary>Why nothing is sent any more in this run; null while batches are taken.</summary>
    Outcome? Stopped { get; }

    /// <summary>What the destination suffers from at the moment; null while it works.</summary>
    Trouble? Trouble { get; }

    /// <summary>Takes a batch, waiting while too many are under way: that is the back-pressure.</summary>
    ValueTask SendAsync(EventBatch batch, CancellationToken cancellation);

    /// <summary>Waits until every batch that was taken is done with.</summary>
    ValueTask WhenIdleAsync();

    /// <summary>Gives those events an outcome that were kept back in the hope of a witness.</summary>
    ValueTask ResolveKeptBackAsync();
}

/// <summary>Receives the outcome of an event, once for each event.</summary>
internal interface IOutcomes
{
    ValueTask ResolveAsync(PendingEvent pending, Outcome outcome);
}
