using System.Runtime.CompilerServices;
using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Reports;
using Cax.Core.Sources;

namespace Cax.Core.DeadLetters;

/// <summary>
/// Makes deliveries out of dead letters. What failed for want of an endpoint is sent again as it is, anything else is mapped again from its
/// original; each result is written beside its document. Counts what stays out, and why.
/// </summary>
/// <param name="store">Where the dead letters are.</param>
/// <param name="filter">Which of them are meant.</param>
/// <param name="options">How they are replayed.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Hears of each document that is meant and cannot be replayed, and why.</param>
public sealed class ReplayPlan(IDeadLetterStore store, ReplayFilter filter, ReplayOptions options, TimeProvider time, Action<string> tell)
{
    /// <summary>After so many replays that came to nothing a document has to be forced.</summary>
    private const int MostReplays = 3;

    private readonly List<Outcome> _leftOut = [];

    /// <summary>The names of the destinations that will be needed.</summary>
    public async Task<IReadOnlyCollection<string>> DestinationsAsync(CancellationToken cancellation)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        await foreach (var stored in store.ReadAsync(cancellation))
        {
            if (stored.Letter is { } letter && filter.Matches(stored) && LeaveOut(stored) is null)
            {
                names.Add(letter.Destination);
            }
        }

        return names;
    }

    public async IAsyncEnumerable<SourceDelivery> DeliveriesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in store.ReadAsync(cancellation))
        {
            if (!filter.Matches(stored))
            {
                continue;
            }

            if (LeaveOut(stored) is { } outcome)
            {
                _leftOut.Add(outcome);
                if (outcome.Detail is { } detail)
                {
                    tell($"{stored.Name}: {detail}");
                }
            }
            else
            {
                var letter = stored.Letter!;
                yield return new OneRecordDelivery(
                    stored.Name, letter.Origin.Source, letter.Destination, letter.Origin.ReceivedAt, RecordOf(letter), (result, token) => WriteAsync(stored.Name, result, token));
            }
        }
    }

    /// <summary>The accounts of the run together with the documents that stayed out of it.</summary>
    public Accounts Complete(Accounts run)
    {
        var reasons = new SortedDictionary<string, long>(run.Reasons.ToDictionary(), StringComparer.Ordinal);
        foreach (var outcome in _leftOut)
        {
            reasons[outcome.Reason!] = reasons.GetValueOrDefault(outcome.Reason!) + 1;
        }

        var skipped = _leftOut.Count(outcome => outcome.Kind == OutcomeKind.Skipped);
        return run with
        {
            Records = run.Records with
            {
                Total = run.Records.Total + _leftOut.Count,
                Skipped = run.Records.Skipped + skipped,
                DeadLettered = run.Records.DeadLettered + _leftOut.Count - skipped,
            },
            Reasons = reasons,
        };
    }

    private Outcome? LeaveOut(StoredDeadLetter stored) => stored switch
    {
        { Letter: null } => Outcome.Parked(ReasonCodes.MalformedJson, stored.Problem ?? "cannot be read"),
        { Letter.OriginalSha256: not null } => Outcome.Parked(
            ReasonCodes.RecordTooLarge, "only a reference to the record was kept, so it cannot be replayed; send it from its source again"),
        _ when options.Force => null,
        { Replays: [.., { IsFinal: true } last] } => Outcome.Skipped(last.Reason ?? ReasonCodes.AlreadySent),
        { Replays.Count: >= MostReplays } => Outcome.Parked(
            stored.Letter.Reason, FormattableString.Invariant($"was replayed {stored.Replays.Count} times and parked again; --force tries once more")),
        _ => null,
    };

    private static Record RecordOf(DeadLetter letter)
    {
        var place = new RecordPosition(letter.Origin.Line, letter.Origin.Column, letter.Origin.Offset, letter.Origin.Length);
        return letter.ReplaysEvent
            ? new Record
            {
                Position = place,
                Utf8 = letter.Original,
                ReplayOf = letter,
                Event = new CaxEvent(letter.EventName ?? "", letter.EventId ?? "", IdSupplied: false, Timestamp(letter.Event), letter.Event),
            }
            : new Record { Position = place, Utf8 = letter.Original, ReplayOf = letter };
    }

    /// <summary>Of two documents about the same event the newer is sent last.</summary>
    private static long Timestamp(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8);
            return json.RootElement.GetProperty("context").GetProperty("event_timestamp").GetInt64();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return 0;
        }
    }

    private async ValueTask WriteAsync(string name, Outcome outcome, CancellationToken cancellation)
    {
        // What was returned came to nothing through no fault of the document: that is no replay to be counted.
        if (!options.DryRun && outcome.Kind != OutcomeKind.Returned)
        {
            await store.WriteResultAsync(name, new ReplayResult(time.GetUtcNow(), outcome.Kind, outcome.Reason, outcome.Detail), cancellation);
        }
    }
}

/// <summary>How dead letters are replayed.</summary>
/// <param name="Force">Also those that were sent already, or replayed three times in vain.</param>
/// <param name="DryRun">Writes no results.</param>
public sealed record ReplayOptions(bool Force, bool DryRun);
