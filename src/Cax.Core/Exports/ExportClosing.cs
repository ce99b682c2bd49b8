using Cax.Core.Reports.Files;

namespace Cax.Core.Exports;

/// <summary>
/// What is left to do once a file is done. Each step may be taken twice, and the note that the file is open goes last: so a process that dies in between
/// leaves it to the next one.
/// </summary>
internal sealed class ExportClosing(ExportStores stores, ExportStates states, TimeProvider time)
{
    /// <summary>For so long it is tried to delete what is not needed any more.</summary>
    private static readonly TimeSpan CleanFor = TimeSpan.FromDays(1);

    private readonly ExportReports _reports = new(stores);

    /// <summary>The file of which one with this layout is the repair; null when it is none, or the other is not known here.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public async ValueTask<RelatedReport?> OriginalAsync(string? key, CancellationToken cancellation) =>
        key is not null && await FindAsync(key, cancellation) is { State: var state }
            ? new RelatedReport(state.Name, state.Report, state.EndedAt)
            : null;

    /// <summary>Takes away what was needed on the way, and tells the file of which this one is the repair.</summary>
    /// <exception cref="IOException">The store cannot be reached; the file is still noted as open.</exception>
    public async ValueTask CloseAsync(ExportState state, CancellationToken cancellation)
    {
        if (state is { Layout.RepairOf: { } original, Verdict: not (FileVerdict.Repeated or FileVerdict.Gone) })
        {
            await AddRepairAsync(original, new RelatedReport(state.Name, state.Report, state.EndedAt), cancellation);
        }

        await CleanAsync(state, cancellation);
        await states.CloseAsync(state.Key, cancellation);
    }

    /// <summary>The repair file is put together by now, or nobody will do so.</summary>
    private async ValueTask CleanAsync(ExportState state, CancellationToken cancellation)
    {
        try
        {
            foreach (var piece in await stores.Repairs.ListAsync(ExportPlaces.Pieces(state), cancellation).ToListAsync(cancellation))
            {
                await stores.Repairs.DeleteAsync(piece, cancellation);
            }
        }
        catch (IOException) when (time.GetUtcNow() > state.EndedAt + CleanFor)
        {
            // Whoever may write there need not be allowed to delete. They go with the repair file, when its time is over.
        }
    }

    /// <summary>Tells in the report of a file that its repair was sent.</summary>
    private async ValueTask AddRepairAsync(string key, RelatedReport repair, CancellationToken cancellation)
    {
        const int Tries = 5;
        for (var i = 0; i < Tries; i++)
        {
            if (await FindAsync(key, cancellation) is not ({ Status: ExportStatus.Done } state, var tag))
            {
                return;
            }

            var told = state with { RepairedBy = [.. state.RepairedBy.Where(other => other.Report != repair.Report), repair] };
            if (await states.TryWriteAsync(told, tag, cancellation) is not null)
            {
                var original = await OriginalAsync(told.Layout?.RepairOf, cancellation);
                var file = told.Layout is { } layout ? ExportPlaces.Repair(told, RepairFile.NameOf(layout.ToLayout())) : null;
                var hasRepair = file is not null && await stores.Repairs.ReadAsync(file, cancellation) is not null;
                await _reports.WriteAsync(
                    told,
                    facts => facts with { RepairOf = original, RepairFile = hasRepair ? $"{stores.Repairs.Name}/{file}" : null },
                    cancellation);
                return;
            }
        }
    }

    /// <summary>Another file than the one that is closed: when its state is damaged, nobody knows it any more.</summary>
    private async ValueTask<(ExportState State, string Tag)?> FindAsync(string key, CancellationToken cancellation)
    {
        try
        {
            return await states.FindAsync(key, cancellation);
        }
        catch (DamagedStateException)
        {
            return null;
        }
    }
}
