using Cax.Core.Batching;

namespace Cax.Core.Delivery;

/// <summary>Takes closed batches and sees to it that every event in them gets an outcome.</summary>
internal interface IBatchSender : IAsyncDisposable
{
    /// <summary>Why nothing is sent any more in this run; null while batches are taken.</summary>
    Outcome? Stopped { get; }

    /// <summary>What the destination suffers from at the moment; null while it works.</summary>
    Trouble? Trouble { get; }

    /// <summary>Whether nothing is under way.</summary>
    bool IsIdle { get; }

    /// <summary>Takes a batch, waiting while too many are under way: that is the back-pressure.</summary>
    ValueTask SendAsync(EventBatch batch, CancellationToken cancellation);

    /// <summary>Waits until every batch that was taken is done with.</summary>
    ValueTask WhenIdleAsync();

    /// <summary>Gives those events an outcome that were kept back in the hope of a witness.</summary>
    /// <param name="onlyWitnessed">Leaves them kept back when there is none yet.</param>
    ValueTask ResolveKeptBackAsync(bool onlyWitnessed);
}

/// <summary>What a sender tells the run it works for.</summary>
internal interface IOutcomes
{
    /// <summary>An event has its outcome; told once for each event.</summary>
    ValueTask ResolveAsync(PendingEvent pending, Outcome outcome);

    /// <summary>An event was posted, came to no outcome, and is to be posted again.</summary>
    void SendAgain(PendingEvent pending);

    /// <summary>The sender is done with a batch, or has stopped.</summary>
    void SenderChanged();

    /// <summary>Something went wrong that should not.</summary>
    void Failed(Exception bug);
}
