using Cax.Core.Reports;
using Cax.Core.Reports.Files;

namespace Cax.Core.Exports;

/// <summary>Writes the report of a file out of its state and the parts of its blocks.</summary>
internal sealed class ExportReports(ExportStores stores)
{
    /// <summary>Writes the report anew, and gives back the records that it tells of.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<Tally> WriteAsync(ExportState state, Func<FileFacts, FileFacts> more, CancellationToken cancellation)
    {
        var report = await MakeAsync(more(Facts(state)), state, cancellation);
        await stores.Reports.WriteAsync(ExportPlaces.Json(state.Report), report.WriteJson(), cancellation);
        await stores.Reports.WriteAsync(ExportPlaces.Page(state.Report), report.WritePage(), cancellation);
        return report.Records;
    }

    /// <summary>The records of all blocks that are done.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public async ValueTask<Tally> RecordsAsync(ExportState state, CancellationToken cancellation) =>
        (await MakeAsync(Facts(state), state, cancellation)).Records;

    private async ValueTask<FileReport> MakeAsync(FileFacts facts, ExportState state, CancellationToken cancellation)
    {
        var report = new FileReport(facts);
        for (var block = 1; block <= state.Checkpoint.Block; block++)
        {
            if (await stores.Reports.ReadAsync(ExportPlaces.Part(state.Key, block), cancellation) is { } part)
            {
                report.Add(part.Content);
            }
        }

        return report;
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
}
