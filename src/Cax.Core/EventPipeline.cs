using System.Collections.Concurrent;
using Cax.Core.Batching;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Duplicates;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Sources;

namespace Cax.Core;

/// <summary>
/// The connector in one class: deliveries in, outcomes out. A record is read, mapped to events, each event is validated, duplicates are
/// recognised, and the rest is packed into batches that are sent. One instance is one run.
/// </summary>
/// <remarks>
/// Reading, mapping and packing happen one after the other; batches are sent beside it. Nothing is lost: what has no outcome when the run
/// ends is returned to its source, also when the run is cancelled.
/// </remarks>
public sealed class EventPipeline
{
    private readonly PipelineSetup _setup;
    private readonly RunOptions _run;
    private readonly long _runNumber;
    private readonly AccountBook _accounts = new();
    private readonly Ledger _ledger;
    private readonly Settling _settling;
    private readonly ConcurrentDictionary<string, Lane?> _lanes = new(StringComparer.OrdinalIgnoreCase);
    private bool _complete = true;

    public EventPipeline(PipelineSetup setup, RunOptions run)
    {
        _setup = setup;
        _run = run;
        _runNumber = setup.Memory.BeginRun();
        _ledger = new Ledger(_accounts, setup.Batching.MaxPendingBytes);
        var store = run.DryRun ? new NoDeadLetters() : setup.DeadLetters;
        var parking = new Parking(store, name => setup.Destination(name)?.Destination.SiteId, setup.Time);
        _settling = new Settling(_ledger, parking, setup.Memory, _accounts);
    }

    /// <summary>The accounts at this moment.</summary>
    public Accounts Accounts => _accounts.Snapshot();

    /// <summary>The destinations that take nothing at this moment, by name.</summary>
    public IReadOnlyDictionary<string, Trouble> Troubles => Lanes
        .Select(lane => (Name: lane.Key, lane.Value.Sender.Trouble))
        .Where(lane => lane.Trouble is not null)
        .ToDictionary(lane => lane.Name, lane => lane.Trouble!);

    private IEnumerable<KeyValuePair<string, Lane>> Lanes => _lanes
        .Where(lane => lane.Value is not null)
        .Select(lane => KeyValuePair.Create(lane.Key, lane.Value!));

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
            foreach (var (_, lane) in Lanes)
            {
                await lane.Sender.DisposeAsync();
                await lane.Sender.ResolveKeptBackAsync();
            }

            await _settling.ReturnUnfinishedAsync(Outcome.Returned(ReasonCodes.Interrupted, "the run was interrupted"));
        }

        var accounts = _accounts.Snapshot();
        if (accounts.Imbalances() is { Count: > 0 } wrong)
        {
            throw new InvalidOperationException($"The accounts do not balance: {string.Join("; ", wrong)}. This is a bug of the connector.");
        }

        var stopped = Lanes.Where(lane => lane.Value.Sender.Stopped is not null).ToDictionary(lane => lane.Key, lane => lane.Value.Sender.Stopped!);
        return new RunResult(accounts, _complete, interrupted, stopped);
    }

    /// <summary>Takes the records of one delivery.</summary>
    private async Task TakeAsync(SourceDelivery delivery, CancellationToken cancellation)
    {
        var entry = _ledger.Open(delivery);
        var lane = LaneTo(delivery.Destination);
        Outcome? broken = null;
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
            broken = Outcome.Returned(ReasonCodes.SourceUnreadable, e.Message);
        }

        await _settling.EndAsync(entry, broken);
    }

    /// <summary>The five steps of a record.</summary>
    private async ValueTask ProcessAsync(LedgerRecord record, Lane? lane, CancellationToken cancellation)
    {
        // 1. Read. What cannot be read is parked; what nobody would take stays where it is.
        if (lane is null || lane.Sender.Stopped is not null || record.Source.Fault is not null)
        {
            await _settling.EndAsync(record, Unmapped(record, lane), []);
            return;
        }

        // 2. Map the record to events.
        var mapped = Map(record);
        var events = new PendingEvent[mapped.Events.Count];
        for (var i = 0; i < events.Length; i++)
        {
            // 3. Validate each event, as it would be sent.
            var findings = new List<Finding>(mapped.Findings);
            _setup.Validator.Validate(mapped.Events[i].Utf8, findings);
            events[i] = new PendingEvent(mapped.Events[i], record, i, findings);
            _ledger.Mapped(events[i]);
        }

        await _settling.EndAsync(record, OwnOutcome(mapped), mapped.Findings);
        foreach (var pending in events)
        {
            // 4. Recognise duplicates, and 5. pack. A batch that is full goes off.
            await AdmitAsync(pending, lane, cancellation);
        }
    }

    private MapResult Map(LedgerRecord record)
    {
        if (record.Source.Event is { } ready)
        {
            return MapResult.Mapped(ready, []);
        }

        var delivery = record.Delivery.Source;
        return _setup.Mapper.Map(record.Source.Utf8, new RecordOrigin(delivery.SourceName, delivery.ReceivedAt));
    }

    private async ValueTask AdmitAsync(PendingEvent pending, Lane lane, CancellationToken cancellation)
    {
        var admission = _setup.Memory.Admit(pending, _runNumber, _run.IgnoreEarlierRuns);
        switch (admission.Kind)
        {
            case AdmissionKind.Waits:
                return;
            case AdmissionKind.Skipped:
                await _settling.ResolveAsync(pending, admission.Outcome!);
                return;
            case AdmissionKind.Conflict:
                await _settling.ResolveAsync(pending, Outcome.Parked(
                    ReasonCodes.EventIdConflict, "the sender gave this context.event_id before to an event with different content"));
                return;
            case AdmissionKind.Replaces:
                lane.Packer.Remove(admission.Older!);
                await _settling.ResolveAsync(admission.Older!, Outcome.Skipped(ReasonCodes.Superseded));
                break;
        }

        if (Refusal(pending) is { } refusal)
        {
            await _settling.ResolveAsync(pending, refusal);
            return;
        }

        _accounts.Warned(pending.Findings);
        if (lane.Packer.Add(pending) is { } full)
        {
            await SendAsync(full, lane, cancellation);
        }
    }

    /// <summary>Why an event cannot be sent; null when it can. In strict mode a warning is reason enough.</summary>
    private Outcome? Refusal(PendingEvent pending)
    {
        var errors = pending.Findings.Where(finding => finding.Severity == Severity.Error || _setup.Strict).ToList();
        if (errors.Count == 0)
        {
            return null;
        }

        var tooLarge = pending.Event.Size > _setup.MaxEventBytes;
        var decisive = tooLarge ? errors.Find(finding => finding.Code == "CAX060")! : errors[0];
        var others = errors.Count == 1 ? "" : FormattableString.Invariant($" (and {errors.Count - 1} more)");
        return Outcome.Parked(
            tooLarge ? ReasonCodes.EventTooLarge : ReasonCodes.InvalidEvent,
            $"{decisive.Code} {decisive.Path}: {decisive.Message}{others}");
    }

    private static Outcome Unmapped(LedgerRecord record, Lane? lane) =>
        lane is null ? Outcome.Parked(ReasonCodes.UnknownDestination, "the settings name no destination of this name")
        : lane.Sender.Stopped ?? Outcome.Parked(record.Source.Fault!.Reason, record.Source.Fault.Located);

    private static Outcome? OwnOutcome(MapResult mapped) => mapped switch
    {
        { ParkedBecause: { } reason } => Outcome.Parked(reason, mapped.Detail ?? reason),
        { SkippedBy: { } rule } => Outcome.Skipped(rule),
        { Events.Count: 0 } => throw new InvalidOperationException("The mapper gave neither events nor a reason: this is a bug of the connector."),
        _ => null,
    };

    private async ValueTask SendAsync(EventBatch batch, Lane lane, CancellationToken cancellation)
    {
        foreach (var pending in batch.Events)
        {
            _setup.Memory.Closed(pending);
        }

        await lane.Sender.SendAsync(batch, cancellation);
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
        while (_settling.Again.TryDequeue(out var pending))
        {
            await AdmitAsync(pending, LaneTo(pending.Record.Delivery.Source.Destination)!, cancellation);
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellation)
    {
        foreach (var (_, lane) in Lanes)
        {
            if (lane.Packer.Close() is { } batch)
            {
                await SendAsync(batch, lane, cancellation);
            }
        }
    }

    /// <summary>All input is read: sends what is left, and what waited for it.</summary>
    private async ValueTask DrainAsync(CancellationToken cancellation)
    {
        do
        {
            await AdmitAgainAsync(cancellation);
            await FlushAsync(cancellation);
            foreach (var (_, lane) in Lanes)
            {
                await lane.Sender.WhenIdleAsync();
                if (_settling.Again.IsEmpty)
                {
                    await lane.Sender.ResolveKeptBackAsync();
                }
            }

            cancellation.ThrowIfCancellationRequested();
        }
        while (!_settling.Again.IsEmpty);
    }

    private Lane? LaneTo(string destination) =>
        _lanes.GetOrAdd(destination, name => Lane.Open(name, _setup, _run, _accounts, _settling));
}
