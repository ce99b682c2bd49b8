using System.Runtime.CompilerServices;

namespace Cax.Core.Sources;

/// <summary>A delivery of a single record that is at hand already.</summary>
/// <param name="name">What a person calls it.</param>
/// <param name="source">The name of the source system.</param>
/// <param name="destination">The name of the destination.</param>
/// <param name="receivedAt">When the source got it.</param>
/// <param name="record">The record.</param>
/// <param name="settle">What to do with its outcome.</param>
public sealed class OneRecordDelivery(
    string name, string source, string destination, DateTimeOffset receivedAt, Record record, Func<Outcome, CancellationToken, ValueTask> settle) : SourceDelivery
{
    public override string SourceName => source;

    public override string Name => name;

    public override string Identity => Within ?? name;

    /// <summary>The identity of what holds several such deliveries; null when it stands for itself.</summary>
    public string? Within { get; init; }

    public override string Destination => destination;

    public override DateTimeOffset ReceivedAt => receivedAt;

    public override async IAsyncEnumerable<Record> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        yield return record;
    }

    public override ValueTask SettleAsync(Outcome outcome, CancellationToken cancellation) => settle(outcome, cancellation);
}
