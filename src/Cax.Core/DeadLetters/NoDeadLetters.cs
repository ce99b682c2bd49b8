namespace Cax.Core.DeadLetters;

/// <summary>Keeps nothing: for dry runs, which park nothing, and for replays, whose documents already exist.</summary>
public sealed class NoDeadLetters : IDeadLetterStore
{
    public ValueTask WriteAsync(DeadLetter letter, CancellationToken cancellation) => ValueTask.CompletedTask;

    public IAsyncEnumerable<StoredDeadLetter> ReadAsync(CancellationToken cancellation) => AsyncEnumerable.Empty<StoredDeadLetter>();

    public ValueTask WriteResultAsync(string name, ReplayResult result, CancellationToken cancellation) => ValueTask.CompletedTask;
}
