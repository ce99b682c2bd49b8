namespace Cax.Core.DeadLetters;

/// <summary>Keeps nothing: for dry runs, which park nothing, and for replays, whose documents already exist.</summary>
public sealed class NoDeadLetters : IDeadLetterStore, IDeadLetterWriter
{
    public IDeadLetterWriter Begin() => this;

    public ValueTask WriteAsync(IReadOnlyCollection<DeadLetter> letters, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ForgetAsync(BlockLetters letters, CancellationToken cancellation) => ValueTask.CompletedTask;

    public IAsyncEnumerable<StoredDeadLetter> ReadAsync(CancellationToken cancellation) => AsyncEnumerable.Empty<StoredDeadLetter>();

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyList<ReplayResult>>> ReadResultsAsync(string document, CancellationToken cancellation) =>
        new(new Dictionary<string, IReadOnlyList<ReplayResult>>());

    public ValueTask WriteResultAsync(string name, ReplayResult result, CancellationToken cancellation) => ValueTask.CompletedTask;
}
