namespace Cax.Core.Mapping.Profiles.Plan;

/// <summary>
/// The values of lists, one list above the other: who works on a list notes the count before, and takes everything above it off when done. Its memory is
/// used again from record to record.
/// </summary>
internal sealed class ValueStack
{
    // A huge list leaves huge memory behind; it is given up.
    private const int MostToReuse = 10_000;

    private Value[] _values = new Value[16];
    private int _most;

    public int Count { get; private set; }

    public ref Value At(int index) => ref _values[index];

    public void Push(Value value)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Count * 2);
        }

        _values[Count++] = value;
        _most = Math.Max(_most, Count);
    }

    /// <summary>Takes the values above a mark off.</summary>
    public void PopTo(int mark) => Count = mark;

    /// <summary>Takes the values above a mark off, and gives the first of them that is no gap; false when there is none.</summary>
    public bool TryPopFirst(int mark, out Value first)
    {
        first = Value.Gap;
        for (var i = mark; i < Count && first.IsGap; i++)
        {
            first = _values[i];
        }

        PopTo(mark);
        return !first.IsGap;
    }

    /// <summary>Takes the values between two marks out, and lets those above down in their place.</summary>
    public void TakeDown(int from, int to)
    {
        Array.Copy(_values, to, _values, from, Count - to);
        Count -= to - from;
    }

    /// <summary>Empties it, so that it keeps nothing of a record alive.</summary>
    public void Clear()
    {
        if (_values.Length > MostToReuse)
        {
            _values = new Value[16];
        }
        else
        {
            Array.Clear(_values, 0, _most);
        }

        (Count, _most) = (0, 0);
    }
}
