using Cax.Core.Reports;
using Cax.Core.Reports.Files;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;

namespace Cax.Core.Exports;

/// <summary>Ends a run over a file: writes its report and its repair, and gives the lease back.</summary>
internal sealed class ExportEnd(ExportStores stores, ExportStates states, ExportLease lease, TimeProvider time)
{
    /// <summary>How long this run worked.</summary>
    public TimeSpan Worked { get; set; }

    /// <summary>What this run has sent; null when it sent nothing.</summary>
    public ExportProgress? Progress { get; set; }

    /// <summary>Everything was read, and has its outcome.</summary>
    public async Task<ExportResult> DoneAsync(RunResult run, FileLayout layout, RecordFault? refusal, CancellationToken cancellation)
    {
        var ended = Ended(lease.State);
        var records = await RecordsAsync(ended, cancellation);
        var verdict = refusal is not null ? FileVerdict.Refused
            : records.Total == 0 ? FileVerdict.Empty
            : records.DeadLettered > 0 ? FileVerdict.SentWithRejections
            : FileVerdict.Sent;
        ended = ended with { Verdict = verdict, Why = refusal?.Located };
        var repair = refusal is null ? await RepairAsync(ended, layout, cancellation) : null;
        var original = await OriginalAsync(layout.RepairOf, cancellation);
        await ReportAsync(ended, facts => facts with { RepairFile = repair, RepairOf = original?.Related }, cancellation);
        if (refusal is null)
        {
            await states.RememberAsync(
                ended.Sha256!, ended.Destination, new KnownContent(ended.Key, ended.Name, ended.Report, ended.Mapping, ended.EndedAt), cancellation);
        }

        if (original is not null)
        {
            await AddRepairAsync(original.Key, new RelatedReport(ended.Name, ended.Report, ended.EndedAt), cancellation);
        }

        // Whatever comes before this is done once more by a run that goes on; so the pieces stay until then.
        await lease.WriteAsync(_ => ended with { Status = ExportStatus.Done }, cancellation);
        await CleanAsync(ended, cancellation);
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
        await lease.WriteAsync(_ => ended with { Status = ExportStatus.Done }, cancellation);
        return new ExportResult(ExportEnding.Done, null, ended.Verdict, ended.Why, ended.Report, null);
    }

    /// <summary>The file is no longer there, or another one now.</summary>
    public async Task<ExportResult> GoneAsync(RunResult? run, CancellationToken cancellation)
    {
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
        await lease.WriteAsync(_ => ended with { Status = ExportStatus.Done }, cancellation);
        await CleanAsync(ended, cancellation);
        return new ExportResult(ExportEnding.Done, run, ended.Verdict, ended.Why, ended.Report, records);
    }

    /// <summary>It goes on with another run.</summary>
    public async Task<ExportResult> WaitsAsync(RunResult? run, string why, CancellationToken cancellation)
    {
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

    private async ValueTask<Tally> RecordsAsync(ExportState state, CancellationToken cancellation)
    {
        var report = new FileReport(Facts(state));
        await AddPartsAsync(report, state, cancellation);
        return report.Records;
    }

    private async ValueTask<Tally> ReportAsync(ExportState state, Func<FileFacts, FileFacts> more, CancellationToken cancellation)
    {
        var report = new FileReport(more(Facts(state)));
        await AddPartsAsync(report, state, cancellation);
        await stores.Reports.WriteAsync(ExportPlaces.Json(state.Report), report.WriteJson(), cancellation);
        await stores.Reports.WriteAsync(ExportPlaces.Page(state.Report), report.WritePage(), cancellation);
        return report.Records;
    }

    private async ValueTask AddPartsAsync(FileReport report, ExportState state, CancellationToken cancellation)
    {
        for (var block = 1; block <= state.Checkpoint.Block; block++)
        {
            if (await stores.Reports.ReadAsync(ExportPlaces.Part(state.Key, block), cancellation) is { } part)
            {
                report.Add(part.Content);
            }
        }
    }

    /// <summary>Puts the pieces of the repair together; null when nothing was rejected that could be repaired.</summary>
    private async ValueTask<string?> RepairAsync(ExportState state, FileLayout layout, CancellationToken cancellation)
    {
        var pieces = new List<string>();
        await foreach (var piece in stores.Repairs.ListAsync(ExportPlaces.Pieces(state), cancellation))
        {
            pieces.Add(piece);
        }

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

    private async ValueTask CleanAsync(ExportState state, CancellationToken cancellation)
    {
        try
        {
            await foreach (var piece in stores.Repairs.ListAsync(ExportPlaces.Pieces(state), cancellation))
            {
                await stores.Repairs.DeleteAsync(piece, cancellation);
            }
        }
        catch (IOException)
        {
            // Whoever may write there need not be allowed to delete. They go with the repair file, when its time is over.
        }
    }

    /// <summary>The file of which this one is the repair; null when it is none, or the other is not known here.</summary>
    private async ValueTask<Original?> OriginalAsync(string? key, CancellationToken cancellation) =>
        key is not null && await states.FindAsync(key, cancellation) is { State: var state }
            ? new Original(key, new RelatedReport(state.Name, state.Report, state.EndedAt))
            : null;

    /// <summary>Tells in the report of a file that its repair was sent.</summary>
    private async ValueTask AddRepairAsync(string key, RelatedReport repair, CancellationToken cancellation)
    {
        const int Tries = 5;
        for (var i = 0; i < Tries; i++)
        {
            if (await states.FindAsync(key, cancellation) is not ({ Status: ExportStatus.Done } state, var tag))
            {
                return;
            }

            var told = state with { RepairedBy = [.. state.RepairedBy.Where(other => other.Report != repair.Report), repair] };
            if (await states.TryWriteAsync(told, tag, cancellation) is not null)
            {
                var original = await OriginalAsync(told.Layout?.RepairOf, cancellation);
                var file = told.Layout is { } layout ? ExportPlaces.Repair(told, RepairFile.NameOf(layout.ToLayout())) : null;
                var hasRepair = file is not null && await stores.Repairs.ReadAsync(file, cancellation) is not null;
                await ReportAsync(
                    told,
                    facts => facts with { RepairOf = original?.Related, RepairFile = hasRepair ? $"{stores.Repairs.Name}/{file}" : null },
                    cancellation);
                return;
            }
        }
    }

    private FileFacts Facts(ExportState state) => new()
    {
        Name = state.Name,
        Key = state.Key,
        Verdict = state.Verdict ?? FileVerdict.Waiting,
        Why = state.Why,
        Bytes = state.Length,
        Sha256 = state.Sha256,
        Layout = state.Layout?.ToLayout(),
        ProfileVersion = state.Layout?.Profile is null ? null : state.Mapping,
        Destination = state.Destination,
        ReceivedAt = state.ReceivedAt,
        StartedAt = state.StartedAt,
        EndedAt = state.EndedAt,
        Worked = state.Worked,
        Runs = Math.Max(1, state.Runs),
        Requests = state.Requests,
        Batches = state.Batches,
        BytesSent = state.BytesSent,
        DeadLetters = stores.Repairs.Name,
        RepairedBy = state.RepairedBy,
    };

    private sealed record Original(string Key, RelatedReport Related);
}
