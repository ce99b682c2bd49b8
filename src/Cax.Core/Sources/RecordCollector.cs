using System.Buffers;
using System.Security.Cryptography;

namespace Cax.Core.Sources;

/// <summary>Gathers the bytes of the record that is being read; beyond the limit it keeps only their hash and the first few.</summary>
internal sealed class RecordCollector(int maxBytes) : IDisposable
{
    private const int HeadBytes = 4_096;

    private readonly ArrayBufferWriter<byte> _bytes = new(4_096);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private RecordPosition _start;
    private long _length;
    private byte[]? _head;

    public bool IsOpen { get; private set; }

    /// <summary>Whether the limit is passed.</summary>
    public bool IsTooLarge => _head is not null;

    /// <summary>Where the record stands, with its length so far.</summary>
    public RecordPosition Position => _start with { Length = _length };

    /// <summary>What is gathered so far; only its beginning when that is too large.</summary>
    public ReadOnlySpan<byte> Gathered => _head ?? _bytes.WrittenSpan;

    public void Begin(long line, long column, long offset)
    {
        Discard();
        _start = new RecordPosition(line, column, offset, 0);
        IsOpen = true;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _length += bytes.Length;
        if (_head is null && _length <= maxBytes)
        {
            _bytes.Write(bytes);
            return;
        }

        if (_head is null)
        {
            _hash.AppendData(_bytes.WrittenSpan);
            _head = new byte[Math.Min(HeadBytes, _length)];
            var held = Math.Min(_bytes.WrittenCount, _head.Length);
            _bytes.WrittenSpan[..held].CopyTo(_head);
            bytes[..(_head.Length - held)].CopyTo(_head.AsSpan(held));
            _bytes.ResetWrittenCount();
        }

        _hash.AppendData(bytes);
    }

    /// <summary>The record as far as it was gathered.</summary>
    public Record End(RecordFault? fault)
    {
        var position = Position;
        var record = _head is null
            ? new Record { Position = position, Utf8 = _bytes.WrittenSpan.ToArray(), Fault = fault }
            : new Record
            {
                Position = position,
                Reference = new RecordReference(Convert.ToHexStringLower(_hash.GetHashAndReset()), _head),
                Fault = fault ?? new RecordFault(ReasonCodes.RecordTooLarge, TooLarge(), position),
            };
        Discard();
        return record;
    }

    public void Discard()
    {
        if (_head is not null)
        {
            _ = _hash.GetHashAndReset();
        }

        _bytes.ResetWrittenCount();
        _head = null;
        _length = 0;
        IsOpen = false;
    }

    public void Dispose() => _hash.Dispose();

    private string TooLarge() => FormattableString.Invariant(
        $"the record has {_length} bytes, above the limit of {maxBytes} (Cax__Sources__MaxRecordBytes); only a reference to it is kept");
}
