using System.Buffers.Binary;
using System.Security.Cryptography;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Sources.Csv;

/// <summary>What tells the rows of one group from those of another: the bytes of some of their fields.</summary>
/// <param name="fields">Where these fields stand.</param>
internal sealed class RowKey(int[] fields)
{
    private readonly ByteBuffer _key = new(64);
    private readonly ByteBuffer _last = new(64);
    private bool _hasLast;

    /// <summary>Looks at a row, which may have fewer fields than it should.</summary>
    /// <returns>Whether it begins a group; else it belongs to the one before.</returns>
    public bool IsNew(RowCutter row)
    {
        _key.Clear();
        var isEmpty = true;
        foreach (var index in fields)
        {
            var field = index < row.FieldCount ? row.Field(index) : default;
            isEmpty &= field.IsEmpty;
            BinaryPrimitives.WriteInt32LittleEndian(_key.Room(sizeof(int)), field.Length);
            _key.Advance(sizeof(int));
            _key.Append(field);
        }

        if (_hasLast && (isEmpty || _key.Written.SequenceEqual(_last.Written)))
        {
            return false;
        }

        _last.Clear();
        _last.Append(_key.Written);
        _hasLast = true;
        return true;
    }

    /// <summary>A hash of the fields of the last row that began a group.</summary>
    public ulong Hash()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(_last.Written, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
