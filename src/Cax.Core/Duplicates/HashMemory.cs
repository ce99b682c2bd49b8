namespace Cax.Core.Duplicates;

/// <summary>Remembers the last so many 64-bit hashes: 36 MB for two million, and little for few, for it grows as it is filled.</summary>
/// <remarks>
/// Used by one thread at a time. The hashes have to be evenly spread, as those of a hash function are. A set and a queue of the framework would take half
/// as much again, and a file of any size has to do with little.
/// </remarks>
/// <param name="most">How many are remembered; then the oldest is forgotten.</param>
internal sealed class HashMemory(int most)
{
    private const int Few = 1_024;

    // An open-addressed table, four fifths full at most, and the order in which its hashes came, as a ring. Zero marks a free place.
    private ulong[] _table = new ulong[Few + (Few / 4)];
    private ulong[] _order = new ulong[Math.Min(Few, most)];
    private int _oldest;
    private int _count;

    /// <summary>Whether it is known already; else it is from now on.</summary>
    public bool IsKnown(ulong hash)
    {
        hash = hash == 0 ? ulong.MaxValue : hash;
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

    /// <summary>Where a hash is, or would be.</summary>
    private int Find(ulong hash)
    {
        var at = HomeOf(hash);
        while (_table[at] != 0 && _table[at] != hash)
        {
            at = Next(at);
        }

        return at;
    }

    /// <summary>Frees a place, and moves up whatever stands behind it only because the place was taken.</summary>
    private void Remove(ulong hash)
    {
        var free = Find(hash);
        for (var at = Next(free); _table[at] != 0; at = Next(at))
        {
            if (Distance(HomeOf(_table[at]), at) >= Distance(free, at))
            {
                _table[free] = _table[at];
                free = at;
            }
        }

        _table[free] = 0;
    }

    /// <summary>Once there are more than a few, there will be many: growing step by step would leave as much garbage as is kept.</summary>
    private void Grow()
    {
        if (_count < _order.Length)
        {
            return;
        }

        Array.Resize(ref _order, most);
        _table = new ulong[most + (most / 4)];
        for (var i = 0; i < _count; i++)
        {
            _table[Find(_order[i])] = _order[i];
        }
    }

    private int HomeOf(ulong hash) => (int)Math.BigMul(hash, (ulong)_table.Length, out _);

    private int Next(int at) => at + 1 == _table.Length ? 0 : at + 1;

    private int Distance(int from, int to) => to >= from ? to - from : to - from + _table.Length;
}
