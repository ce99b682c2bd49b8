using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Duplicates;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;
using Cax.Core.Telemetry;

namespace Cax.Core;

/// <summary>
/// The connector in one class: deliveries in, outcomes out. A record is read, mapped to events, each event is validated, duplicates are
/// recognised, and the rest is packed into batches that are sent. One instance is one run.
/// </summary>
/// <remarks>
/// Reading, mapping and packing happen one after the other; batches are sent beside it. Nothing is lost: what has no outcome when the run
/// ends is returned to its source, also when the run is cancelled. Several runs may go on at once over one <see cref="PipelineSetup"/>.
/// </remarks>
public sealed class EventPipeline
{
    private readonly PipelineSetup _setup;
    private readonly bool _isMeasured;
    private readonly EarlierRuns? _earlierRuns;
    private readonly RunReceipts? _receipts;
    private readonly AccountBook _accounts = new();
    private readonly Ledger _ledger;
    private readonly Settling _settling;
    private readonly Dispatcher _dispatcher;
    private readonly List<string> _unreadable = [];
    private bool _complete = true;

    public EventPipeline(PipelineSetup setup, RunOptions run)
    {
        _setup = setup;
        _isMeasured = !run.DryRun;
        _earlierRuns = run.IgnoreEarlierRuns ? null : setup.EarlierRuns;
        _receipts = run.DryRun || setup.Receipts is null ? null : new RunReceipts(setup.Receipts, setup);
        _ledger = new Ledger(_accounts, setup.Batching.MaxPendingBytes, _receipts);
        _settling = new Settling(_ledger, run.DryRun ? new NoDeadLetters() : run.DeadLetters ?? setup.DeadLetters.Begin(), setup, _accounts);
        _dispatcher = new Dispatcher(setup, run, _ledger, _settling, _accounts);
    }

    /// <summary>The accounts at this moment.</summary>
    public Accounts Accounts => _accounts.Snapshot();

    /// <summary>The destinations that take nothing at this moment, by name.</summary>
    public IReadOnlyDictionary<string, Trouble> Troubles => _dispatcher.Lanes
        .Select(lane => (Name: lane.Key, lane.Value.Sender.Trouble))
        .Where(lane => lane.Trouble is not null)
        .ToDictionary(lane => lane.Name, lane => lane.Trouble!);

    /// <summary>Runs until every delivery is settled.</summary>
    /// <param name="deliveries">Taken one after the other.</param>
    /// <param name="cancellation">Stops reading and sending; the run then still ends orderly, with everything settled or returned.</param>
    /// <exception cref="InvalidOperationException">The accounts do not balance, or another bug of the connector.</exception>
    public async Task<RunResult> RunAsync(IAsyncEnumerable<SourceDelivery> deliveries, CancellationToken cancellation)
    {
        using var activity = _isMeasured ? RunActivity.Begin(_setup.Telemetry) : null;
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _settling.Abort = running.Cancel;
        var interrupted = false;
        try
        {
            if (_earlierRuns is not null)
            {
                await _earlierRuns.LookAsync(running.Token);
            }

            await TakeAllAsync(deliveries, running.Token);
            await _dispatcher.DrainAsync(running.Token);
        }
        catch (OperationCanceledException) when (running.IsCancellationRequested)
        {
            interrupted = true;
            _complete = false;
        }
        finally
        {
            await running.CancelAsync();
            await _dispatcher.CloseAsync();
            await _settling.CloseAsync(Outcome.Returned(ReasonCodes.Interrupted, "the run ended before its turn came"));
        }

        if (_receipts is not null)
        {
            await _receipts.EndAsync();
        }

        RunActivity.End(activity, Accounts, _complete, failed: _settling.Bug is not null);
        if (_settling.Bug is { } bug)
        {
            throw new InvalidOperationException("The run failed in a way it should not; what had no outcome was returned. This is a bug of the connector.", bug);
        }

        var accounts = _accounts.Snapshot();
        if (accounts.Imbalances() is { Count: > 0 } wrong)
        {
            throw new InvalidOperationException($"The accounts do not balance: {string.Join("; ", wrong)}. This is a bug of the connector.");
        }

        var stopped = _dispatcher.Lanes
            .Where(lane => lane.Value.Sender.Stopped is not null)
            .ToDictionary(lane => lane.Key, lane => lane.Value.Sender.Stopped!);
        return new RunResult(accounts, _complete, interrupted, stopped) { Unreadable = _unreadable };
    }

    private async Task TakeAllAsync(IAsyncEnumerable<SourceDelivery> deliveries, CancellationToken cancellation)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var all = deliveries.GetAsyncEnumerator(reading.Token);
        while (await NextAsync(all, reading, static () => false, cancellation))
        {
            await TakeAsync(all.Current, cancellation);
        }
    }

    /// <summary>Takes the records of one delivery.</summary>
    private async Task TakeAsync(SourceDelivery delivery, CancellationToken cancellation)
    {
        var entry = _ledger.Open(delivery, _isMeasured ? _setup.MetersOf(delivery.Destination) : null);
        var lane = _dispatcher.LaneTo(delivery.Destination);
        var origin = new RecordOrigin(delivery.SourceName, delivery.ReceivedAt) { Profile = delivery.Hints.Profile, Properties = delivery.Hints.Properties };
        Outcome? broken = null;
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var records = delivery.ReadAsync(reading.Token).GetAsyncEnumerator(reading.Token);
        while (true)
        {
            try
            {
                if (!await NextAsync(records, reading, IsOver, cancellation))
                {
                    break;
                }
            }
            catch (IOException e)
            {
                _unreadable.Add($"{delivery.Name}: {e.Message}");
                _complete = false;
                broken = Outcome.Returned(ReasonCodes.SourceUnreadable, e.Message);
                break;
            }

            if (_receipts is not null)
            {
                await _receipts.WriteFullAsync();
            }

            await _dispatcher.MakeRoomAsync(cancellation);
            await ProcessAsync(entry, records.Current, lane, origin, cancellation);
        }

        _complete &= !IsOver();
        await _settling.EndAsync(entry, broken);

        // An endless input is not read on for a destination that takes nothing.
        bool IsOver() => !delivery.CountsRest && lane?.Sender.Stopped is not null;
    }

    /// <summary>The five steps of a record. One that holds several is not counted: each of these takes the steps on its own.</summary>
    private async ValueTask ProcessAsync(LedgerDelivery delivery, Record record, Lane? lane, RecordOrigin origin, CancellationToken cancellation)
    {
        // 1. Read. What cannot be read is parked; what nobody would take stays where it is.
        if (lane is null || lane.Sender.Stopped is not null || record.Fault is not null)
        {
            await _settling.EndAsync(_ledger.Read(delivery, record), Unmapped(record, lane), []);
            return;
        }

        // 2. Map the record to events.
        var mapped = record.Event is { } ready
            ? MapResult.Mapped(ready, []) with { Profile = ProfileOf(record) }
            : _setup.Mapper.Map(record.Utf8, OriginOf(record, origin));
        if (mapped.Parts.Count == 0)
        {
            await FinishAsync(_ledger.Read(delivery, record, mapped.Profile), mapped, lane, cancellation);
            return;
        }

        var originOfParts = origin.OfParts(mapped);
        foreach (var part in record.Split(mapped.Parts))
        {
            await _dispatcher.MakeRoomAsync(cancellation);
            await ProcessAsync(delivery, part, lane, originOfParts, cancellation);
        }
    }

    /// <summary>The steps of a record after it was mapped.</summary>
    private async ValueTask FinishAsync(LedgerRecord record, MapResult mapped, Lane lane, CancellationToken cancellation)
    {
        var events = new PendingEvent[mapped.Events.Count];
        for (var i = 0; i < events.Length; i++)
        {
            // 3. Validate each event, as it would be sent.
            var findings = new List<Finding>(mapped.Findings);
            _setup.Validator.Validate(mapped.Events[i].Utf8, findings);
            events[i] = new PendingEvent(mapped.Events[i], record, i, findings) { Run = _settling, Refusal = Refusal(mapped.Events[i], findings) };
            _ledger.Mapped(events[i]);
        }

        await _settling.EndAsync(record, OwnOutcome(mapped), mapped.Findings);
        foreach (var pending in events)
        {
            // 4. Recognise duplicates, and 5. pack. A batch that is full goes off.
            await _dispatcher.AdmitAsync(pending, lane, cancellation);
        }
    }

    /// <summary>The profile that mapped an event before it was parked. A person may have edited its letter, so the name counts only if it is one.</summary>
    private static ProfileChoice? ProfileOf(Record record) =>
        record.ReplayOf?.Profile is { } profile && ProfileChoice.IsName(profile.Name) ? profile : null;

    /// <summary>What was parked is mapped by what its first source knew of it, and a row by the profile that its header chose.</summary>
    private static RecordOrigin OriginOf(Record record, RecordOrigin delivery) => record switch
    {
        { ReplayOf.Origin: { } first } => delivery with { Source = first.Source, ReceivedAt = first.ReceivedAt },
        { Profile: { } profile } when profile != delivery.Profile => delivery with { Profile = profile },
        _ => delivery,
    };

    /// <summary>Why an event cannot be sent; null when it can. In strict mode a warning is reason enough.</summary>
    private Outcome? Refusal(CaxEvent @event, List<Finding> findings)
    {
        var tooLarge = @event.Size > _setup.MaxEventBytes;
        Finding? decisive = null;
        var errors = 0;
        foreach (var finding in findings)
        {
            if (finding.Severity == Severity.Error || _setup.Strict)
            {
                errors++;
                decisive = decisive is null || (tooLarge && finding.Code == "CAX060") ? finding : decisive;
            }
        }

        if (decisive is null)
        {
            return null;
        }

        var others = errors == 1 ? "" : FormattableString.Invariant($" (and {errors - 1} more)");
        return Outcome.Parked(
            tooLarge ? ReasonCodes.EventTooLarge : ReasonCodes.InvalidEvent, $"{decisive.Code} {decisive.Path}: {decisive.Message}{others}");
    }

    private static Outcome Unmapped(Record record, Lane? lane) =>
        lane is null ? Outcome.Parked(ReasonCodes.UnknownDestination, "the settings name no destination of this name")
        : lane.Sender.Stopped ?? Outcome.Parked(record.Fault!.Reason, record.Fault.Located);

    private static Outcome? OwnOutcome(MapResult mapped) => mapped switch
    {
        { ParkedBecause: { } reason } => Outcome.Parked(reason, mapped.Detail ?? reason),
        { SkippedBy: { } rule } => Outcome.Skipped(rule),
        { Events.Count: 0 } => throw new InvalidOperationException("The mapper gave neither events nor a reason: this is a bug of the connector."),
        _ => null,
    };

    /// <summary>The next delivery or record; false when there is none, or nobody wants it any more.</summary>
    private async ValueTask<bool> NextAsync<T>(
        IAsyncEnumerator<T> source, CancellationTokenSource reading, Func<bool> isOver, CancellationToken cancellation)
    {
        if (isOver())
        {
            return false;
        }

        var next = source.MoveNextAsync();
        if (next.IsCompleted)
        {
            return await next;
        }

        // An enumerator must not be left while it moves, whatever happens meanwhile.
        var arrival = next.AsTask();
        try
        {
            await _dispatcher.WorkWhileWaitingAsync(arrival, isOver, cancellation);
        }
        finally
        {
            if (!arrival.IsCompleted)
            {
                await reading.CancelAsync();
                await ((Task)arrival).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return !isOver() && await arrival;
    }
}
