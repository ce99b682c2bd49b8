using System.Runtime.CompilerServices;
using Cax.Core.Delivery;
using Cax.Core.Sources;

namespace Cax.Core.DeadLetters;

/// <summary>
/// Makes deliveries out of one document of dead letters that somebody wants to be replayed: lines of letters, or one letter. Each line is a delivery
/// of its own. All of them share the identity of the document, so that what is parked again shares one document too.
/// </summary>
/// <remarks>The results are written beside the letters in their store. A line that is no letter is parked with its bytes.</remarks>
/// <param name="source">The document.</param>
/// <param name="store">Where the letters came from, and where their results are.</param>
/// <param name="force">Also what was sent already, or replayed three times in vain.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Hears of each letter that cannot be replayed, and why.</param>
public sealed class ReplayedDocument(StreamSource source, IDeadLetterStore store, bool force, TimeProvider time, Action<string> tell) : IDisposable
{
    private readonly Replay _replay = new(store, time, tell);
    private (string Document, IReadOnlyDictionary<string, IReadOnlyList<ReplayResult>> Results)? _known;

    /// <summary>The deliveries; they end early when the document can be read no further, which <see cref="CompleteAsync"/> then says.</summary>
    public IAsyncEnumerable<SourceDelivery> DeliveriesAsync(CancellationToken cancellation) => _replay.GuardAsync(ReadAsync(cancellation), cancellation);

    /// <summary>Writes the results that are still to be written, and completes the result of the run with the letters that stayed out of it.</summary>
    public ValueTask<RunResult> CompleteAsync(RunResult run, CancellationToken cancellation) => _replay.CompleteAsync(run, cancellation);

    public void Dispose() => _replay.Dispose();

    private async IAsyncEnumerable<SourceDelivery> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = await source.Open(cancellation);
        await foreach (var (record, letter) in DeadLetterLines.ReadEditedAsync(stream, cancellation))
        {
            if (letter is null)
            {
                yield return Delivery(source.Name, "default", Destination.DefaultName, MappingHints.None, record, static (_, _) => ValueTask.CompletedTask);
            }
            else if (ReplayRules.LeaveOut(letter, await ReplaysAsync(letter, cancellation), force, "the metadata cax_force=true on the document") is { } outcome)
            {
                _replay.LeaveOut(letter.Name, outcome);
            }
            else
            {
                yield return Delivery(
                    letter.Name,
                    letter.Origin.Source,
                    letter.Destination,
                    letter.Hints,
                    ReplayRules.RecordOf(letter),
                    (result, token) => _replay.AddAsync(letter.Name, result, token));
            }
        }
    }

    private OneRecordDelivery Delivery(
        string name, string sourceName, string destination, MappingHints hints, Record record, Func<Outcome, CancellationToken, ValueTask> settle) =>
        new(name, sourceName, destination, source.ReceivedAt, record, settle) { Within = source.Identity, Hints = hints };

    private async ValueTask<IReadOnlyList<ReplayResult>> ReplaysAsync(DeadLetter letter, CancellationToken cancellation)
    {
        // Letters of one document follow each other.
        if (_known?.Document != letter.Document)
        {
            _known = (letter.Document, await store.ReadResultsAsync(letter.Document, cancellation));
        }

        return _known.Value.Results.GetValueOrDefault(letter.Name) ?? [];
    }
}
