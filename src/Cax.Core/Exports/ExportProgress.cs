using System.Collections.Concurrent;
using Cax.Core.Reports;
using Cax.Core.Reports.Files;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources.Files;

namespace Cax.Core.Exports;

/// <summary>
/// Writes down what becomes of the blocks of one file, in one run: the repair piece, the part of the report and the receipts of a block, each whole, and
/// then the checkpoint, which never passes over a block that is still open.
/// </summary>
internal sealed class ExportProgress(ExportFile file, string sourceName, FileLayout layout, ExportLease lease, ExportStores stores, Func<Accounts> accounts)
    : IDisposable
{
    private readonly SemaphoreSlim _advancing = new(1);
    private readonly Dictionary<int, Checkpoint> _ahead = [];
    private readonly ConcurrentDictionary<int, ExportBlock> _open = new();
    private readonly ExportState _before = lease.State;

    public ExportFile File => file;

    public string SourceName => sourceName;

    public BlockReport BeginReport() => new(stores.Ids);

    public RepairPiece BeginRepair() => new(layout, file.Key);

    public ReceiptSheet BeginReceipts() => stores.Receipts.Begin(file.Destination, file.Source.Name);

    public ExportBlock Begin(ExportBlock block) => _open[block.Number] = block;

    /// <summary>A block is done: whatever it says is written, in the place of what an earlier run wrote that broke off.</summary>
    /// <exception cref="IOException">It could not be written down, so the block is not done.</exception>
    public ValueTask DoneAsync(Checkpoint at, BlockReport report, RepairPiece repair, ReceiptSheet receipts, CancellationToken cancellation) =>
        lease.WhileHeldAsync(
            async held =>
            {
                var piece = repair.Write();
                if (piece.Length > 0)
                {
                    await stores.Repairs.WriteAsync(ExportPlaces.Piece(lease.State, at.Block), piece, held);
                }

                await WriteAsync(at.Block, report, receipts, held);
                await AdvanceAsync(at, held);
                _open.TryRemove(at.Block, out _);
            },
            cancellation);

    /// <summary>Writes what is known of a block that nobody goes on with.</summary>
    /// <exception cref="IOException">It could not be written down.</exception>
    public async ValueTask WriteAsync(int block, BlockReport report, ReceiptSheet receipts, CancellationToken cancellation)
    {
        await stores.Receipts.WriteAsync(receipts, ExportPlaces.ReceiptDay(lease.State), ExportPlaces.Receipts(file.Key, block), cancellation);
        await stores.Reports.WriteAsync(ExportPlaces.Part(file.Key, block), report.Write(), cancellation);
    }

    /// <summary>Nobody goes on with the file: what has become of the blocks that are not done is written down as it is.</summary>
    /// <exception cref="IOException">It could not be written down.</exception>
    public async ValueTask GiveUpAsync(CancellationToken cancellation)
    {
        foreach (var block in _open.Values)
        {
            await block.GiveUpAsync(cancellation);
        }

        var last = _open.Keys.Concat(_ahead.Keys).Append(lease.State.Checkpoint.Block).Max();
        await lease.WriteAsync(state => Counted(state) with { Checkpoint = state.Checkpoint with { Block = last } }, cancellation);
    }

    /// <summary>A state with what this run has sent so far.</summary>
    public ExportState Counted(ExportState state)
    {
        var now = accounts();
        return state with
        {
            Requests = _before.Requests + now.Requests,
            Batches = _before.Batches + now.Batches,
            BytesSent = _before.BytesSent + now.Bytes,
        };
    }

    public void Dispose() => _advancing.Dispose();

    private async ValueTask AdvanceAsync(Checkpoint at, CancellationToken cancellation)
    {
        await _advancing.WaitAsync(cancellation);
        try
        {
            _ahead[at.Block] = at;
            var reached = lease.State.Checkpoint;
            while (_ahead.Remove(reached.Block + 1, out var next))
            {
                reached = next;
            }

            if (reached != lease.State.Checkpoint)
            {
                await lease.WriteAsync(state => Counted(state) with { Checkpoint = reached }, cancellation);
            }
        }
        finally
        {
            _advancing.Release();
        }
    }
}
