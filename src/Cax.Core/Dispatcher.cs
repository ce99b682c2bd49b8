using System.Collections.Concurrent;
using Cax.Core.Batching;
using Cax.Core.Duplicates;
using Cax.Core.Reports;
using Cax.Core.Telemetry;

namespace Cax.Core;

/// <summary>
/// The second half of a run: recognises duplicates, packs events and sends batches off, and does what is due while the first half waits for input.
/// </summary>
/// <remarks>Used by one flow of work at a time; what the senders report meanwhile arrives through <see cref="Settling"/>.</remarks>
internal sealed class Dispatcher(PipelineSetup setup, RunOptions run, Ledger ledger, Settling settling, AccountBook accounts)
{
    private readonly long _runNumber = setup.Memory.BeginRun();
    private readonly DateTimeOffset? _holdUntil = setup.Time.GetUtcNow() + run.HoldFor;
    private readonly ConcurrentDictionary<string, Lane?> _lanes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The lanes in use, by the name of their destination.</summary>
    public IEnumerable<KeyValuePair<string, Lane>> Lanes => _lanes
        .Where(lane => lane.Value is not null)
        .Select(lane => KeyValuePair.Create(lane.Key, lane.Value!));

    private bool AllIdle => Lanes.All(lane => lane.Value.Sender.IsIdle);

    /// <summary>Null when the settings name no such destination.</summary>
    public Lane? LaneTo(string destination) => _lanes.GetOrAdd(destination, name => Lane.Open(name, setup, run, _holdUntil, accounts, settling));

    /// <summary>Takes an event: it is packed, or waits for another one, or has its outcome.</summary>
    public async ValueTask AdmitAsync(PendingEvent pending, Lane lane, CancellationToken cancellation)
    {
        var admission = setup.Memory.Admit(pending, _runNumber, run);
        switch (admission.Kind)
        {
            case AdmissionKind.Waits:
                return;
            case AdmissionKind.Skipped:
                await settling.ResolveAsync(pending, admission.Outcome!);
                return;
            case AdmissionKind.Conflict:
                await settling.ResolveAsync(pending, Outcome.Parked(
                    ReasonCodes.EventIdConflict, "the sender gave this context.event_id before to an event with different content"));
                return;
            case AdmissionKind.Replaces:
                lane.Packer.Remove(admission.Older!);
                await settling.ResolveAsync(admission.Older!, Outcome.Skipped(ReasonCodes.Superseded));
                break;
        }

        if (pending.Refusal is { } refusal)
        {
            await settling.ResolveAsync(pending, refusal);
            return;
        }

        accounts.Warned(pending.Findings);
        await PackAsync(pending, lane, cancellation);
    }

    /// <summary>Bounds the memory: waits until enough of what was read has an outcome.</summary>
    public async ValueTask MakeRoomAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var changed = settling.Changed.Next;
            await AdmitAgainAsync(cancellation);
            if (ledger.HasRoom)
            {
                return;
            }

            await FlushAsync(BatchClosing.Room, cancellation);
            if (AllIdle && settling.IsQuiet)
            {
                // Nothing is under way that could bring a witness any more.
                await ResolveKeptBackAsync(onlyWitnessed: false);
            }

            if (!ledger.HasRoom && settling.Again.IsEmpty)
            {
                await changed.WaitAsync(cancellation);
            }
        }
    }

    /// <summary>Works on while no input is ready; an open batch then waits for no longer than it should.</summary>
    /// <param name="arrival">Ends when there is input, or no more of it.</param>
    /// <param name="isOver">Whether nobody wants the input any more.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async ValueTask WorkWhileWaitingAsync(Task arrival, Func<bool> isOver, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var idle = Task.Delay(setup.Batching.IdleFlush, setup.Time, ended.Token);
        while (!isOver())
        {
            var changed = settling.Changed.Next;
            await AdmitAgainAsync(cancellation);
            if (idle.IsCompleted)
            {
                await FlushAsync(BatchClosing.Idle, cancellation);
                if (AllIdle && settling.IsQuiet)
                {
                    await ResolveKeptBackAsync(onlyWitnessed: true);
                }
            }

            if (arrival.IsCompleted || isOver())
            {
                break;
            }

            await (idle.IsCompleted ? Task.WhenAny(arrival, changed) : Task.WhenAny(arrival, changed, idle));
            cancellation.ThrowIfCancellationRequested();
        }

        await ended.CancelAsync();
    }

    /// <summary>All input is read: sends what is left, and waits until everything has its outcome.</summary>
    public async ValueTask DrainAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var changed = settling.Changed.Next;
            await AdmitAgainAsync(cancellation);
            await FlushAsync(BatchClosing.End, cancellation);
            foreach (var (_, lane) in Lanes)
            {
                await lane.Sender.WhenIdleAsync();
            }

            cancellation.ThrowIfCancellationRequested();
            if (settling.IsQuiet)
            {
                await ResolveKeptBackAsync(onlyWitnessed: false);
            }

            if (ledger.IsEmpty)
            {
                return;
            }

            if (settling.Again.IsEmpty)
            {
                // What is left is being parked, or waits for an event of another run of this process.
                await changed.WaitAsync(cancellation);
            }
        }
    }

    /// <summary>Lets go of the senders, once nothing of theirs is under way.</summary>
    public async ValueTask CloseAsync()
    {
        foreach (var (_, lane) in Lanes)
        {
            await lane.Sender.DisposeAsync();
        }

        await ResolveKeptBackAsync(onlyWitnessed: false);
    }

    /// <summary>Events that waited for the first of their id are looked at again; those that were posted before are known, and packed again.</summary>
    private async ValueTask AdmitAgainAsync(CancellationToken cancellation)
    {
        while (settling.Again.TryDequeue(out var pending))
        {
            var lane = LaneTo(pending.Record.Delivery.Source.Destination)!;
            await (pending.Attempts > 0 ? PackAsync(pending, lane, cancellation) : AdmitAsync(pending, lane, cancellation));
        }
    }

    private async ValueTask PackAsync(PendingEvent pending, Lane lane, CancellationToken cancellation)
    {
        if (lane.Packer.Add(pending) is { } full)
        {
            await SendAsync(full, lane, full.Events.Count == setup.Limits.MaxEvents ? BatchClosing.Count : BatchClosing.Size, cancellation);
        }
    }

    private async ValueTask SendAsync(EventBatch batch, Lane lane, BatchClosing why, CancellationToken cancellation)
    {
        lane.Meters?.Closed(batch, why);
        foreach (var pending in batch.Events)
        {
            setup.Memory.Closed(pending);
        }

        await lane.Sender.SendAsync(batch, cancellation);
    }

    private async ValueTask FlushAsync(BatchClosing why, CancellationToken cancellation)
    {
        foreach (var (_, lane) in Lanes)
        {
            if (lane.Packer.Close() is { } batch)
            {
                await SendAsync(batch, lane, why, cancellation);
            }
        }
    }

    private async ValueTask ResolveKeptBackAsync(bool onlyWitnessed)
    {
        foreach (var (_, lane) in Lanes)
        {
            await lane.Sender.ResolveKeptBackAsync(onlyWitnessed);
        }
    }
}
