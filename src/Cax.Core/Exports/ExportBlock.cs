using System.Runtime.CompilerServices;
using Cax.Core.Reports.Files;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;

namespace Cax.Core.Exports;

/// <summary>
/// Some thousand records of a file that follow each other. What becomes of them is written down together; until that is done, the block counts as not
/// begun.
/// </summary>
internal sealed class ExportBlock(int number, BlockReader reader, ExportProgress progress) : SourceDelivery
{
    private readonly BlockReport _report = progress.BeginReport();
    private readonly RepairPiece _repair = progress.BeginRepair();
    private readonly ReceiptSheet _receipts = progress.BeginReceipts();

    /// <summary>Counts from 1.</summary>
    public int Number => number;

    public override string SourceName => progress.SourceName;

    public override string Name => progress.File.Source.Name;

    public override string Identity => progress.File.Source.Identity;

    public override string Destination => progress.File.Destination;

    public override DateTimeOffset ReceivedAt => progress.File.Source.ReceivedAt;

    /// <summary>What a closed destination does not take is read by a later run.</summary>
    public override bool CountsRest => false;

    public override bool WantsRecords => true;

    public override int? Block => number;

    /// <summary>Where the file has been read to; null when the block was not read to its end.</summary>
    public Checkpoint? ReadTo { get; private set; }

    public override async IAsyncEnumerable<Record> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var record in reader.TakeAsync(cancellation))
        {
            yield return record;
        }

        ReadTo = reader.Checkpoint(number);
    }

    public override void Finished(FinishedRecord record)
    {
        _report.Add(record);
        _repair.Add(record);
        _receipts.Add(record);
    }

    /// <summary>What is known of a block that nobody goes on with, written down.</summary>
    public ValueTask GiveUpAsync(CancellationToken cancellation) => progress.WriteAsync(number, _report, _receipts, cancellation);

    public override async ValueTask SettleAsync(Outcome outcome, CancellationToken cancellation)
    {
        if (ReadTo is { } checkpoint && outcome.Kind != OutcomeKind.Returned)
        {
            await progress.DoneAsync(checkpoint, _report, _repair, _receipts, cancellation);
        }
    }
}
