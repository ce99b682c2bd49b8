using Cax.Core.Reports;
using Cax.Core.Reports.Files;

namespace Cax.Core.Exports;

/// <summary>Writes the report of a file out of its state and the parts of its blocks.</summary>
internal sealed class ExportReports(ExportStores stores)
{
    /// <summary>Writes the report anew, and gives back the records that it tells of.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<Tally> WriteAsync(ExportState state, Func<FileFacts, FileFacts> more, CancellationToken cancellation) =>
        await WriteAsync(await ReadAsync(state, cancellation), state, more, cancellation);

    /// <summary>As the other, out of parts that were read already.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<Tally> WriteAsync(FileReport parts, ExportState state, Func<FileFacts, FileFacts> more, CancellationToken cancellation)
    {
        var report = parts.With(more(Facts(state)));
        await stores.Reports.WriteAsync(ExportPlaces.Json(state.Report), report.WriteJson(), cancellation);
        await stores.Reports.WriteAsync(ExportPlaces.Page(state.Report), report.WritePage(), cancellation);
        return report.Records;
    }

    /// <summary>The parts of all blocks that are done.</summary>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public async ValueTask<FileReport> ReadAsync(ExportState state, CancellationToken cancellation)
    {
        var report = new FileReport(Facts(state));
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
