namespace Cax.Core.Settings;

/// <summary>What was probably meant: the name that takes the fewest changes to get to.</summary>
internal static class NearestName
{
    private const int ShortestBeginning = 4;

    /// <summary>The nearest of the names that is near enough to be meant; null when none is.</summary>
    public static string? Of(string given, IEnumerable<string> names)
    {
        var all = names as IReadOnlyCollection<string> ?? [.. names];
        if (given.Length == 0 || all.Count == 0)
        {
            return null;
        }

        // Who forgets what stands before the point writes the rest of the name right.
        var ending = "." + given;
        if (all.FirstOrDefault(name => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } whole)
        {
            return whole;
        }

        var near = Closest(given, all)!;
        var distance = Distance(given, near);
        return distance < given.Length && distance <= Math.Max(1, Math.Min(given.Length, near.Length) / 3) ? near
            : given.Length < ShortestBeginning ? null
            : all.FirstOrDefault(name => name.StartsWith(given, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The nearest of the names, however far; null when there are none.</summary>
    public static string? Closest(string given, IEnumerable<string> names) => names.MinBy(name => Distance(given, name));

    /// <summary>How many letters are to be changed, added, dropped or swapped with their neighbours. Case does not count.</summary>
    public static int Distance(string a, string b)
    {
        a = a.ToUpperInvariant();
        b = b.ToUpperInvariant();
        var (before, last, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
