using System.Text;
using Cax.Core.Mapping.Profiles.Plan;

namespace Cax.Core.Mapping.Profiles.Operators;

/// <summary>A table of texts, looked up without regard to case.</summary>
internal sealed class LookupTable(string name, IReadOnlyDictionary<string, string> entries)
{
    private readonly Dictionary<string, byte[]>.AlternateLookup<ReadOnlySpan<char>> _entries = entries
        .ToDictionary(entry => entry.Key.Trim(), entry => Encoding.UTF8.GetBytes(entry.Value), StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public string Name => name;

    public bool TryGet(Evaluation at, ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> entry)
    {
        var found = _entries.TryGetValue(at.Chars(key), out var utf8);
        entry = utf8;
        return found;
    }
}
