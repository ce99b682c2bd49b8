using System.Collections.Concurrent;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Duplicates;
using Cax.Core.Events;
using Cax.Core.Reports;
using Cax.Core.Sources;

namespace Cax.Core;

/// <summary>
/// The connector in one class: deliveries in, outcomes out. A record is read, mapped to events, each event validated, duplicates
/// recognised, and the rest packed into batches that are sent. One instance is one run.
/// </summary>
/// <remarks>
/// Reading, mapping and packing happen on one thread of work; batches are sent beside it. Nothing is lost: what has no outcome when the run
/// ends is returned to its source, also when the run is cancelled.
/// </remarks>
public sealed class EventPipeline : IOutcomes
{
    private readonly PipelineSetup _setup;
    private readonly RunOptions _run;
    private readonly long _runNumber;
    private readonly AccountBook _accounts = new();
    private readonly Ledger _ledger;
    private readonly Parking _parking;
    private readonly Dictionary<string, Lane?> _lanes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<PendingEvent> _again = new();
    private readonly List<Finding> _findings = [];
    private bool _complete = true;

    public EventPipeline(PipelineSetup setup, RunOptions run)
    {
        _setup = setup;
        _run = run;
        _runNumber = setup.Memory.BeginRun();
        _ledger = new Ledger(_accounts, setup.Batching.MaxPendingBytes);
        _parking = new Parking(
            run.DryRun ? new NoDeadLetters() : setup.DeadLetters, name => setup.Destination(name)?.Destination.SiteId, setup.Time);
    }

    /// <summary>The accounts at this moment.</summary>
    public Accounts Accounts => _accounts.Snapshot();

    /// <summary>Runs until every delivery is settled.</summary>
    /// <param name="deliveries">Taken one after the other.</param>
    /// <param name="cancellation">Stops reading and sending; the run then still ends orderly, with everything settled or returned.</param>
    /// <exception cref="InvalidOperationException">The accounts do not balance, or another bug of the connector.</exception>
    public async Task<RunResult> RunAsync(IAsyncEnumerable<SourceDelivery> deliveries, CancellationToken cancellation)
    {
        var interrupted = false;
        try
        {
            await foreach (var delivery in deliveries.WithCancellation(cancellation))
            {
                await TakeAsync(delivery, cancellation);
            }

            await DrainAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            interrupted = true;
            _complete = false;
        }
        finally
        {
            await ReturnTheRestAsync();
        }

        var accounts = _accounts.Snapshot();
        if (accounts.Imbalances() is { Count: > 0 } wrong)
        {
            throw new InvalidOperationException($"The accounts do not balance: {string.Join("; ", wrong)}. This is a bug of the connector.");
        }

        return new RunResult(accounts, _complete, interrupted, StoppedLanes());
    }

    /// <summary>Gives an event its outcome; what follows from it for duplicates, record and delivery follows here.</summary>
    async ValueTask IOutcomes.ResolveAsync(PendingEvent pending, Outcome outcome) => await ResolveAsync(pending, outcome);

    private async Task TakeAsync(SourceDelivery delivery, CancellationToken cancellation)
    {
        var entry = _ledger.Open(delivery);
        var lane = LaneOf(delivery.Destination);
        try
        {
            await using var records = delivery.ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
            while (await NextAsync(records, cancellation))
            {
                await MakeRoomAsync(cancellation);
                await AdmitAgainAsync(cancellation);
                await ProcessAsync(_ledger.Read(entry, records.Current), lane, cancellation);
                if (lane?.Sender.Stopped is not null && !delivery.CountsRest)
                {
                    _complete = false;
                    break;
                }
            }
        }
        catch (IOException e)
        {
            _complete = false;
            entry.Worst = Outcome.Returned(ReasonCodes.SourceUnreadable, e.Message);
        }

        _ledger.Close(entry);
        await SettleAsync(entry);
    }

    /// <summary>The five steps.</summary>
    private async ValueTask ProcessAsync(LedgerRecord record, Lane? lane, CancellationToken cancellation)
    {
        // 1. Read. What cannot be read is parked; what nobody would take is left where it is.
        if (lane is null)
        {
            await EndAsync(record, Outcome.Parked(ReasonCodes.UnknownDestination, "the settings name no destination of this name"), []);
            return;
        }

        if (lane.Sender.Stopped is { } stopped)
        {
            await EndAsync(record, stopped, []);
            return;
        }

        if (record.Source.Fault is { } fault)
        {
            await EndAsync(record, Outcome.Parked(fault.Reason, fault.Located), []);
            return;
        }

        // 2. Map the record to events.
        var delivery = record.Delivery.Source;
        var mapped = record.Source.Event is { } ready
            ? Mapping.MapResult.Mapped(ready, [])
            : _setup.Mapper.Map(record.Source.Utf8, new Mapping.RecordOrigin(delivery.SourceName, delivery.ReceivedAt));
        var events = new PendingEvent[mapped.Events.Count];
        for (var i = 0; i < events.Length; i++)
        {
            // 3. Validate each event as it would be sent.
            _findings.Clear();
            _findings.AddRange(_setup.Strict ? mapped.Findings.Select(finding => finding with { Severity = Severity.Error }) : mapped.Findings);
            _setup.Validator.Validate(mapped.Events[i].Utf8, _findings);
            events[i] = new PendingEvent(mapped.Events[i], record, i, [.. _findings]);
            _ledger.Mapped(events[i]);
        }

        await EndAsync(record, OwnOutcome(mapped), mapped.Findings);
        foreach (var pending in events)
        {
            // 4. Recognise duplicates, and 5. pack. A batch that is full goes off.
            await AdmitAsync(pending, lane, cancellation);
        }
    }

    private async ValueTask AdmitAsync(PendingEvent pending, Lane lane, CancellationToken cancellation)
    {
        if (pending.Event.Id.Length > 0)
        {
            var admission = _setup.Memory.Admit(pending, _runNumber, _run.IgnoreEarlierRuns);
            switch (admission.Kind)
            {
                case AdmissionKind.Waits:
                    return;
                case AdmissionKind.Skipped:
                    await ResolveAsync(pending, admission.Outcome!);
                    return;
                case AdmissionKind.Conflict:
                    await ResolveAsync(pending, Outcome.Parked(
                        ReasonCodes.EventIdConflict, "the sender gave this context.event_id to another event with different content before"));
                    return;
                case AdmissionKind.Replaces:
                    lane.Packer.Remove(admission.Older!);
                    await ResolveAsync(admission.Older!, Outcome.Skipped(ReasonCodes.Superseded));
                    break;
            }
        }

        if (Verdict(pending) is { } verdict)
        {
            await ResolveAsync(pending, verdict);
            return;
        }

        _accounts.Warned(pending.Findings);
        if (lane.Packer.Add(pending) is { } full)
        {
            await SendAsync(full, lane, cancellation);
        }
    }

    /// <summary>Why an event cannot be sent; null when it can.</summary>
    private Outcome? Verdict(PendingEvent pending)
    {
        var errors = pending.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
        if (errors.Count == 0)
        {
            return null;
        }

        var decisive = errors.Find(finding => finding.Code == "CAX060") ?? errors[0];
        var others = errors.Count == 1 ? "" : FormattableString.Invariant($" (and {errors.Count - 1} more)");
        return Outcome.Parked(
            pending.Event.Size > _setup.MaxEventBytes ? ReasonCodes.EventTooLarge : ReasonCodes.InvalidEvent,
            $"{decisive.Code} {decisive.Path}: {decisive.Message}{others}");
    }

    private static Outcome? OwnOutcome(Mapping.MapResult mapped) => mapped switch
    {
        { ParkedBecause: { } reason } => Outcome.Parked(reason, mapped.Detail ?? reason),
        { SkippedBy: { } rule } => Outcome.Skipped(rule),
        { Events.Count: 0 } => throw new InvalidOperationException("The mapper gave neither events nor a reason: this is a bug of the connector."),
        _ => null,
    };

    private async ValueTask SendAsync(Batching.EventBatch batch, Lane lane, CancellationToken cancellation)
    {
        foreach (var pending in batch.Events)
        {
            _setup.Memory.Closed(pending);
        }

        await lane.Sender.SendAsync(batch, cancellation);
    }

    private async ValueTask ResolveAsync(PendingEvent pending, Outcome outcome)
    {
        outcome = Final(pending.Record, outcome);
        if (outcome.Kind == OutcomeKind.DeadLettered)
        {
            outcome = await _parking.ParkAsync(pending.Record, pending, pending.Findings, outcome);
        }

        var waiting = _setup.Memory.Resolved(pending, outcome);
        if (_ledger.Resolve(pending, outcome))
        {
            await FinishAsync(pending.Record);
        }

        foreach (var other in waiting)
        {
            if (outcome.Kind == OutcomeKind.Returned)
            {
                await ResolveAsync(other, outcome);
            }
            else
            {
                _again.Enqueue(other);
            }
        }
    }

    /// <summary>On the last delivery that its source permits, what would be returned is parked.</summary>
    private static Outcome Final(LedgerRecord record, Outcome outcome) =>
        !record.Delivery.Source.IsLastAttempt || outcome.Kind != OutcomeKind.Returned
            ? outcome
            : outcome.Reason switch
            {
                ReasonCodes.EndpointUnavailable or ReasonCodes.EndpointMisconfigured => outcome with { Kind = OutcomeKind.DeadLettered },
                ReasonCodes.EndpointRefusesAll => outcome with { Kind = OutcomeKind.DeadLettered, Reason = ReasonCodes.RefusedUnconfirmed },
                _ => outcome,
            };

    /// <summary>No more events come from the record.</summary>
    private async ValueTask EndAsync(LedgerRecord record, Outcome? own, IReadOnlyList<Finding> findings)
    {
        if (own is not null)
        {
            own = Final(record, own);
            if (own.Kind == OutcomeKind.DeadLettered)
            {
                own = await _parking.ParkAsync(record, null, findings, own);
            }
        }

        _ledger.Close(record, own);
        await FinishAsync(record);
    }

    private async ValueTask FinishAsync(LedgerRecord record)
    {
        if (_ledger.TryFinish(record) is not null)
        {
            await SettleAsync(record.Delivery);
        }
    }

    private async ValueTask SettleAsync(LedgerDelivery delivery)
    {
        if (_ledger.TryFinish(delivery) is not { } outcome)
        {
            return;
        }

        try
        {
            await delivery.Source.SettleAsync(outcome, CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever a source throws here concerns this delivery only: it will offer it again.
        catch (Exception)
#pragma warning restore CA1031
        {
            _accounts.SettlementFailed();
        }
    }

    /// <summary>The next record. While none is ready, open batches do not wait for longer than they should.</summary>
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<Record> records, CancellationToken cancellation)
    {
        var next = records.MoveNextAsync();
        if (next.IsCompleted)
        {
            return await next;
        }

        var arrival = next.AsTask();
        using (var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            var idle = Task.Delay(_setup.Batching.IdleFlush, _setup.Time, ended.Token);
            if (await Task.WhenAny(arrival, idle) == idle && !cancellation.IsCancellationRequested)
            {
                await AdmitAgainAsync(cancellation);
                await FlushAsync(cancellation);
            }

            await ended.CancelAsync();
        }

        return await arrival;
    }

    /// <summary>Bounds the memory: waits until enough of what was read has an outcome.</summary>
    private async ValueTask MakeRoomAsync(CancellationToken cancellation)
    {
        while (_ledger.WhenRoom() is { } room)
        {
            await AdmitAgainAsync(cancellation);
            await FlushAsync(cancellation);
            await room.WaitAsync(cancellation);
        }
    }

    /// <summary>Events that waited for the first of their id are looked at again.</summary>
    private async ValueTask AdmitAgainAsync(CancellationToken cancellation)
    {
        while (_again.TryDequeue(out var pending))
        {
            await AdmitAsync(pending, LaneOf(pending.Record.Delivery.Source.Destination)!, cancellation);
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        foreach (var lane in _lanes.Values.OfType<Lane>())
        {
            if (lane.Packer.Close() is { } batch)
            {
                await SendAsync(batch, lane, cancellation);
            }
        }
    }

    private async ValueTask DrainAsync(CancellationToken cancellation)
    {
        do
        {
            await AdmitAgainAsync(cancellation);
            await FlushAsync(cancellation);
            foreach (var lane in _lanes.Values.OfType<Lane>())
            {
                await lane.Sender.WhenIdleAsync();
                if (_again.IsEmpty)
                {
                    await lane.Sender.ResolveKeptBackAsync();
                }
            }

            cancellation.ThrowIfCancellationRequested();
        }
        while (!_again.IsEmpty);
    }

    private async ValueTask ReturnTheRestAsync()
    {
        foreach (var lane in _lanes.Values.OfType<Lane>())
        {
            await lane.Sender.DisposeAsync();
            await lane.Sender.ResolveKeptBackAsync();
        }

        var (records, deliveries) = _ledger.Unfinished();
        var outcome = Outcome.Returned(ReasonCodes.Interrupted, "the run was interrupted");
        foreach (var record in records)
        {
            foreach (var pending in record.OpenEvents.ToArray())
            {
                await ResolveAsync(pending, outcome);
            }

            await EndAsync(record, record.Worst ?? outcome, []);
        }

        foreach (var delivery in deliveries)
        {
            delivery.Worst = Outcome.Worst(delivery.Worst, outcome);
            _ledger.Close(delivery);
            await SettleAsync(delivery);
        }
    }

    private Lane? LaneOf(string destination)
    {
        if (!_lanes.TryGetValue(destination, out var lane))
        {
            lane = Lane.Create(destination, _setup, _run, _accounts, this);
            _lanes.Add(destination, lane);
        }

        return lane;
    }

    private Dictionary<string, Outcome> StoppedLanes() => _lanes
        .Where(lane => lane.Value?.Sender.Stopped is not null)
        .ToDictionary(lane => lane.Key, lane => lane.Value!.Sender.Stopped!);

    /// <summary>The way to one destination: what packs and what sends.</summary>
    private sealed record Lane(Batching.BatchPacker Packer, IBatchSender Sender)
    {
        public static Lane? Create(string destination, PipelineSetup setup, RunOptions run, AccountBook accounts, IOutcomes outcomes)
        {
            var limits = setup.Limits;
            if (run.DryRun)
            {
                return new Lane(new Batching.BatchPacker(limits), new DryRunSender(limits, accounts, outcomes));
            }

            if (setup.Destination(destination) is not { } state)
            {
                return null;
            }

            var poster = new Poster(state, setup.Delivery, accounts, setup.Time, setup.Chance);
            return new Lane(new Batching.BatchPacker(limits), new BatchSender(state, poster, setup.Delivery, limits, accounts, outcomes, setup.Time));
        }
    }
}
