namespace Cax.Core.Sources;

/// <summary>What a source settles as a whole: one message, one export file.</summary>
public abstract class SourceDelivery
{
    /// <summary>The name of the source system, for records that do not name theirs.</summary>
    public abstract string SourceName { get; }

    /// <summary>What a person calls it: a file name, a message id.</summary>
    public abstract string Name { get; }

    /// <summary>What tells it from every other delivery of all sources, the same at each redelivery: a full path, a queue and sequence number.</summary>
    public abstract string Identity { get; }

    /// <summary>The name of the destination of its events.</summary>
    public abstract string Destination { get; }

    /// <summary>What the source knows about how its records are to be mapped.</summary>
    public MappingHints Hints { get; init; } = MappingHints.None;

    /// <summary>When the source got it, the same at each redelivery.</summary>
    public abstract DateTimeOffset ReceivedAt { get; }

    /// <summary>Whether the source offers it no more after this: what cannot be sent is then parked.</summary>
    public virtual bool IsLastAttempt => false;

    /// <summary>
    /// Until when the source leaves it to us alone; always, unless it says otherwise. Nothing is posted that could not be answered by then: somebody
    /// else would be sending it too.
    /// </summary>
    public virtual DateTimeOffset HeldUntil => DateTimeOffset.MaxValue;

    /// <summary>Whether the rest is counted when its destination is given up. An endless input is not: it would never end.</summary>
    public virtual bool CountsRest => true;

    /// <summary>Whether a failure to settle it means that the source had taken it back before: its lock was lost.</summary>
    /// <param name="failure">What <see cref="SettleAsync"/> threw.</param>
    public virtual bool IsLockLoss(Exception failure) => false;

    /// <summary>Its records, one after the other.</summary>
    public abstract IAsyncEnumerable<Record> ReadAsync(CancellationToken cancellation);

    /// <summary>The block of a file that it is, from 1; null for a whole. What is parked is then told apart by it.</summary>
    public virtual int? Block => null;

    /// <summary>Whether <see cref="Finished"/> is to be called.</summary>
    public virtual bool WantsRecords => false;

    /// <summary>Hears of each record once it has its outcome, from whatever thread, and of all of them before the delivery is settled.</summary>
    public virtual void Finished(FinishedRecord record)
    {
    }

    /// <summary>Tells the source what became of it, once all its records have an outcome.</summary>
    public abstract ValueTask SettleAsync(Outcome outcome, CancellationToken cancellation);
}
