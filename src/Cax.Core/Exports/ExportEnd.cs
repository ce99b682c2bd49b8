using Cax.Core.Reports;
using Cax.Core.Reports.Files;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;

namespace Cax.Core.Exports;

/// <summary>Ends a run over a file: writes its report and its repair, and gives the lease back.</summary>
internal sealed class ExportEnd(ExportStores stores, ExportStates states, ExportLease lease, TimeProvider time)
{
    private readonly ExportReports _reports = new(stores);
    private readonly ExportClosing _closing = new(stores, states, time);

    /// <summary>How long this run worked.</summary>
    public TimeSpan Worked { get; set; }

    /// <summary>What this run has sent; null when it sent nothing.</summary>
    public ExportProgress? Progress { get; set; }

    /// <summary>Everything was read, and has its outcome.</summary>
    public async Task<ExportResult> DoneAsync(RunResult run, FileLayout layout, RecordFault? refusal, CancellationToken cancellation)
    {
        await lease.RenewAsync(cancellation);
        var ended = Ended(lease.State);
        var parts = await lease.WhileHeldAsync(held => _reports.ReadAsync(ended, held), cancellation);
        var records = parts.Records;
        var verdict = refusal is not null ? FileVerdict.Refused
            : records.Total == 0 ? FileVerdict.Empty
            : records.DeadLettered > 0 ? FileVerdict.SentWithRejections
            : FileVerdict.Sent;
        ended = ended with { Verdict = verdict, Why = refusal?.Located };
        var repair = refusal is null ? await lease.WhileHeldAsync(held => RepairAsync(ended, layout, held), cancellation) : null;
        var original = await _closing.OriginalAsync(layout.RepairOf, cancellation);
        await lease.WhileHeldAsync(held => _reports.WriteAsync(parts, ended, facts => facts with { RepairFile = repair, RepairOf = original }, held), cancellation);
        if (refusal is null)
        {
            var content = new KnownContent(ended.Key, ended.Name, ended.Report, ended.Mapping, ended.EndedAt);
            await lease.WhileHeldAsync(held => states.RememberAsync(ended.Sha256!, ended.Destination, content, held), cancellation);
        }

        await CloseAsync(ended, cancellation);
        return new ExportResult(ExportEnding.Done, run, verdict, ended.Why, ended.Report, records) { Repair = repair };
    }

    /// <summary>The same bytes were sent before.</summary>
    public async Task<ExportResult> RepeatedAsync(FileLayout layout, string sha256, KnownContent same, CancellationToken cancellation)
    {
        var ended = Ended(lease.State) with
        {
            Sha256 = sha256, Layout = LayoutNote.Of(layout), Verdict = FileVerdict.Repeated, Why = $"the same bytes were sent as {same.Name}",
        };
        await ReportAsync(ended, facts => facts with { SameAs = new RelatedReport(same.Name, same.Report, same.At) }, cancellation);
        await CloseAsync(ended, cancellation);
        return new ExportResult(ExportEnding.Done, null, ended.Verdict, ended.Why, ended.Report, null);
    }

    /// <summary>The file is no longer there, or another one now.</summary>
    public async Task<ExportResult> GoneAsync(RunResult? run, CancellationToken cancellation)
    {
        await lease.RenewAsync(cancellation);
        if (Progress is { } progress)
        {
            await progress.GiveUpAsync(cancellation);
        }

        var ended = Ended(lease.State) with
        {
            Verdict = FileVerdict.Gone,
            Why = "the file was deleted or written anew before it was read to its end; a new version is sent when it is offered",
        };
        var records = await ReportAsync(ended, static facts => facts, cancellation);
        await CloseAsync(ended, cancellation);
        return new ExportResult(ExportEnding.Done, run, ended.Verdict, ended.Why, ended.Report, records);
    }

    /// <summary>It goes on with another run.</summary>
    public async Task<ExportResult> WaitsAsync(RunResult? run, string why, CancellationToken cancellation)
    {
        await lease.RenewAsync(cancellation);
        var ended = Ended(lease.State) with { Verdict = FileVerdict.Waiting, Why = why };
        Tally? records = null;
        try
        {
            records = await ReportAsync(ended, static facts => facts, cancellation);
        }
        catch (IOException)
        {
            // A report of what is not done yet can wait; that it waits must not.
        }

        await lease.WriteAsync(_ => ended with { Status = ExportStatus.Waiting }, cancellation);
        return new ExportResult(ExportEnding.Waiting, run, FileVerdict.Waiting, why, ended.Report, records);
    }

    private ExportState Ended(ExportState state) =>
        (Progress?.Counted(state) ?? state) with { EndedAt = time.GetUtcNow(), Worked = state.Worked + Worked };

    private ValueTask<Tally> ReportAsync(ExportState state, Func<FileFacts, FileFacts> more, CancellationToken cancellation) =>
        lease.WhileHeldAsync(held => _reports.WriteAsync(state, more, held), cancellation);

    /// <summary>Once this is written, the file is done, whatever happens to the process or the store.</summary>
    private async ValueTask CloseAsync(ExportState ended, CancellationToken cancellation)
    {
        await lease.WriteAsync(_ => ended with { Status = ExportStatus.Done }, cancellation);
        try
        {
            await _closing.CloseAsync(lease.State, cancellation);
        }
        catch (IOException)
        {
            // It is still noted as open, and whoever looks for such files closes it.
        }
    }

    /// <summary>Puts the pieces of the repair together; null when nothing was rejected that could be repaired.</summary>
    private async ValueTask<string?> RepairAsync(ExportState state, FileLayout layout, CancellationToken cancellation)
    {
        var pieces = await stores.Repairs.ListAsync(ExportPlaces.Pieces(state), cancellation).ToListAsync(cancellation);
        if (pieces.Count == 0)
        {
            return null;
        }

        var name = ExportPlaces.Repair(state, RepairFile.NameOf(layout));
        await stores.Repairs.WriteAsync(
            name,
            async (to, token) =>
            {
                await to.WriteAsync(RepairFile.Begin(layout, state.Key), token);
                foreach (var piece in pieces)
                {
                    await using var from = await stores.Repairs.OpenAsync(piece, token)
                        ?? throw new IOException($"{stores.Repairs.Name}/{piece}: a piece of the repair file is not there any more");
                    await from.CopyToAsync(to, token);
                }
            },
            cancellation);
        return $"{stores.Repairs.Name}/{name}";
    }
}
