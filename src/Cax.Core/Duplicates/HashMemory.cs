namespace Cax.Core.Duplicates;

/// <summary>Remembers the last so many 64-bit hashes: 48 MB for two million, and little for few, for it grows as it is filled.</summary>
/// <remarks>Used by one thread at a time. The hashes have to be evenly spread, as those of a hash function are.</remarks>
/// <param name="most">How many are remembered; then the oldest is forgotten.</param>
internal sealed class HashMemory(int most)
{
    private const int Smallest = 1_024;

    // An open-addressed table, at most half full, and the order in which its hashes came, as a ring. Zero marks a free place.
    private ulong[] _table = new ulong[2 * Smallest];
    private ulong[] _order = new ulong[Math.Min(Smallest, most)];
    private int _oldest;
    private int _count;

    /// <summary>Whether it is known already; else it is from now on.</summary>
    public bool IsKnown(ulong hash)
    {
        hash = NotZero(hash);
        if (_table[Find(hash)] == hash)
        {
            return true;
        }

        if (_count == most)
        {
            Remove(_order[_oldest]);
            _order[_oldest] = hash;
            _oldest = (_oldest + 1) % most;
        }
        else
        {
            Grow();
            _order[_count++] = hash;
        }

        _table[Find(hash)] = hash;
        return false;
    }

    /// <summary>Whether it is known.</summary>
    public bool Contains(ulong hash) => _table[Find(NotZero(hash))] != 0;

    private static ulong NotZero(ulong hash) => hash == 0 ? 1 : hash;

    /// <summary>Where a hash is, or would be.</summary>
    private int Find(ulong hash)
    {
        var mask = _table.Length - 1;
        var at = (int)hash & mask;
        while (_table[at] != 0 && _table[at] != hash)
        {
            at = (at + 1) & mask;
        }

        return at;
    }

    /// <summary>Frees a place, and moves up whatever stands behind it only because the place was taken.</summary>
    private void Remove(ulong hash)
    {
        var mask = _table.Length - 1;
        var free = Find(hash);
        for (var at = (free + 1) & mask; _table[at] != 0; at = (at + 1) & mask)
        {
            var home = (int)_table[at] & mask;
            if (((at - home) & mask) >= ((at - free) & mask))
            {
                _table[free] = _table[at];
                free = at;
            }
        }

        _table[free] = 0;
    }

    private void Grow()
    {
        if (_count < _order.Length)
        {
            return;
        }

        Array.Resize(ref _order, Math.Min(2 * _order.Length, most));
        _table = new ulong[2 * _table.Length];
        for (var i = 0; i < _count; i++)
        {
            _table[Find(_order[i])] = _order[i];
        }
    }
}
