namespace Cax.Core.Duplicates;

/// <summary>Remembers the last so many 64-bit hashes: 56 MB for two million, and little for a thousand.</summary>
/// <remarks>Used by one thread at a time.</remarks>
/// <param name="most">How many are remembered; then the oldest is forgotten.</param>
internal sealed class HashMemory(int most)
{
    private const int Few = 1_000;

    private readonly HashSet<ulong> _known = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>Whether it is known already; else it is from now on.</summary>
    public bool IsKnown(ulong hash)
    {
        if (!_known.Add(hash))
        {
            return true;
        }

        _order.Enqueue(hash);
        if (_order.Count == Few)
        {
            // Many will come: growing step by step would leave as much garbage as is kept.
            _known.EnsureCapacity(most + 1);
            _order.EnsureCapacity(most + 1);
        }

        if (_order.Count > most)
        {
            _known.Remove(_order.Dequeue());
        }

        return false;
    }
}
