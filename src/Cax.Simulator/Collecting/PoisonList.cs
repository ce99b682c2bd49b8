using System.Collections.Immutable;
using System.Text;

namespace Cax.Simulator.Collecting;

/// <summary>Texts that no event may contain.</summary>
internal sealed class PoisonList(IEnumerable<string> texts)
{
    private ImmutableList<byte[]> _texts = [.. texts.Select(Encoding.UTF8.GetBytes)];

    public int Count => _texts.Count;

    public void Add(string text) => ImmutableInterlocked.Update(ref _texts, list => list.Add(Encoding.UTF8.GetBytes(text)));

    public void Clear() => ImmutableInterlocked.Update(ref _texts, list => list.Clear());

    public bool Taints(ReadOnlySpan<byte> json)
    {
        foreach (var text in _texts)
        {
            if (json.IndexOf(text) >= 0) return true;
        }

        return false;
    }
}
