using System.Buffers;
using Cax.Core.Sources;
using Cax.Core.Sources.Csv;
using Cax.Core.Sources.Files;

namespace Cax.Core.Reports.Files;

/// <summary>What one block adds to the repair of its file.</summary>
/// <remarks>Safe to use from several threads. What it writes does not depend on the order in which records were finished.</remarks>
/// <param name="layout">Of the file.</param>
/// <param name="key">Of the file.</param>
internal sealed class RepairPiece(FileLayout layout, string key)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(long Offset, long Line), ReadOnlyMemory<byte>> _records = [];
    private readonly RepairRow? _row = layout.Format == FileFormat.Csv ? new RepairRow(layout) : null;

    /// <summary>Takes in a record if it was rejected; a record that is parked by reference, and what is no record of the file, is left out.</summary>
    public void Add(FinishedRecord finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        if (finished.Outcome.Kind != OutcomeKind.DeadLettered || !CanHold(finished.Record))
        {
            return;
        }

        var text = new ArrayBufferWriter<byte>(1_024);
        switch (_row, finished.Record.Rows)
        {
            case (null, _):
                RepairLine.Write(finished.Record, key, RepairWhy.Of(finished), text);
                break;
            case ({ } row, { } rows):
                WriteRows(row, finished, rows, text);
                break;
        }

        var encoded = new ArrayBufferWriter<byte>(text.WrittenCount + 1);
        layout.Encode(text.WrittenSpan, encoded);
        lock (_lock)
        {
            _records[(finished.Record.Position.Offset, finished.Record.Position.Line)] = encoded.WrittenMemory;
        }
    }

    /// <summary>The rejected records of the block in the order of the file, in its encoding; empty when there are none.</summary>
    public byte[] Write()
    {
        lock (_lock)
        {
            var piece = new byte[_records.Values.Sum(record => (long)record.Length)];
            var at = 0;
            foreach (var record in _records.Values)
            {
                record.CopyTo(piece.AsMemory(at));
                at += record.Length;
            }

            return piece;
        }
    }

    /// <summary>Whether a repair file can hold a record, should it be rejected: its text is there in full.</summary>
    internal static bool CanHold(Record record) => record switch
    {
        { Rows: { } rows } => rows.Rows.Count > 0,
        { Fault.Reason: ReasonCodes.UnknownHeader or ReasonCodes.UnknownProfile or ReasonCodes.InvalidProfile or ReasonCodes.AmbiguousProfile } => false,
        _ => !record.Utf8.IsEmpty,
    };

    private static void WriteRows(RepairRow writer, FinishedRecord finished, SourceRows rows, ArrayBufferWriter<byte> text)
    {
        var reason = finished.Outcome.Reason ?? KindKey.Other;
        var bad = rows.Rows.Where(row => row.Problem is not null).Select(row => (long?)row.Line).FirstOrDefault();
        var about = RepairWhy.Of(finished, out var line);
        var first = bad ?? (rows.Rows.Any(row => row.Line == line) ? line : rows.Rows[0].Line);
        foreach (var row in rows.Rows)
        {
            var why = row switch
            {
                { Problem: { } problem } => RepairWhy.Of(reason, row.Line, problem),
                _ when bad is null && row.Line == first => about,
                _ => RepairWhy.BelongsTo(first),
            };
            writer.Write(rows.Text.Span.Slice(row.Start, row.Length), row.Problem is not null, why, text);
        }
    }
}
