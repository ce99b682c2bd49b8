using System.Runtime.CompilerServices;
using Cax.Core.Sources;
using Cax.Core.Sources.Files;

namespace Cax.Core.Exports;

/// <summary>Cuts a file into blocks. What stands before the checkpoint is read again and passed over: so rows that belong together are still known.</summary>
/// <param name="file">The file, opened.</param>
/// <param name="from">Where to go on.</param>
/// <param name="blockRecords">How many records a block has.</param>
internal sealed class BlockReader(RecordFile file, Checkpoint from, int blockRecords) : IAsyncDisposable
{
    /// <summary>A block of large records ends early, for what is rejected of it is kept until it is done.</summary>
    private const long MostBytes = 16 * 1_024 * 1_024;

    private readonly CancellationTokenSource _ended = new();
    private IAsyncEnumerator<Record>? _records;
    private long _count;
    private RecordPosition _last;
    private bool? _hasNext;

    /// <summary>Whether everything was read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The number of the last block that was begun.</summary>
    public int LastBlock { get; private set; } = from.Block;

    /// <summary>Why the file was refused as a whole; null when it was not.</summary>
    public RecordFault? Refusal { get; private set; }

    /// <summary>The blocks, each to be read to its end before the next one is asked for. One that was not is the last.</summary>
    /// <param name="begin">Makes the block of a number.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="IOException">The file cannot be read on, or is not what it was.</exception>
    public async IAsyncEnumerable<SourceDelivery> BlocksAsync(Func<int, ExportBlock> begin, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var registration = cancellation.UnsafeRegister(static ended => ((CancellationTokenSource)ended!).Cancel(), _ended).ConfigureAwait(false);
        _records = file.ReadAsync(_ended.Token).GetAsyncEnumerator(_ended.Token);
        await PassOverAsync();
        for (var number = from.Block + 1; await HasNextAsync(); number++)
        {
            var block = begin(number);
            LastBlock = number;
            yield return block;
            if (block.ReadTo is null)
            {
                yield break;
            }
        }

        IsAtEnd = true;
    }

    /// <summary>The records of one block.</summary>
    public async IAsyncEnumerable<Record> TakeAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var registration = cancellation.UnsafeRegister(static ended => ((CancellationTokenSource)ended!).Cancel(), _ended).ConfigureAwait(false);
        var bytes = 0L;
        for (var i = 0; i < blockRecords && bytes < MostBytes && await HasNextAsync(); i++)
        {
            var record = _records!.Current;
            bytes += record.Utf8.Length + (record.Rows?.Text.Length ?? 0);
            _hasNext = null;
            _count++;
            _last = record.Position;
            if (_count == 1 && record.Fault is { } fault && (file.IsRefused || fault.Reason == ReasonCodes.EmptyInput))
            {
                Refusal = fault;
            }

            yield return record;
        }
    }

    /// <summary>Where the reading stands after a block.</summary>
    public Checkpoint Checkpoint(int block) => new(block, _count, _last.Offset, _last.Line);

    public async ValueTask DisposeAsync()
    {
        if (_records is not null)
        {
            await _records.DisposeAsync();
        }

        _ended.Dispose();
    }

    private async ValueTask<bool> HasNextAsync() => _hasNext ??= await _records!.MoveNextAsync();

    private async ValueTask PassOverAsync()
    {
        while (_count < from.Records && await HasNextAsync())
        {
            _last = _records!.Current.Position;
            _hasNext = null;
            _count++;
        }

        if (_count != from.Records || _last.Offset != from.Offset || _last.Line != from.Line)
        {
            throw new IOException("The file does not read as it did when the last run ended, as after an update of the connector. Delete its state in progress/state/ of the reports: it is then sent from its beginning.");
        }
    }
}
