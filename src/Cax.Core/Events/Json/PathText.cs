namespace Cax.Core.Events.Json;

/// <summary>Writes one step of a JSON path: <c>.price</c>, or <c>['odd name']</c> for what is not a simple name.</summary>
internal static class PathText
{
    private const int LongestName = 64;

    public static string Step(string name) =>
        name.Length <= LongestName && IsSimple(name) ? "." + name : $"['{Shown(name)}']";

    private static bool IsSimple(string name) =>
        name.Length > 0
        && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    // A name comes from outside: it must neither flood a log nor break its lines.
    private static string Shown(string name)
    {
        var end = Math.Min(name.Length, LongestName);
        if (end < name.Length && char.IsHighSurrogate(name[end - 1]))
        {
            end--;
        }

        var clean = string.Create(end, name, (shown, all) =>
        {
            for (var i = 0; i < shown.Length; i++)
            {
                shown[i] = char.IsControl(all[i]) ? '\uFFFD' : all[i];
            }
        });
        return clean.Replace("'", "\\'", StringComparison.Ordinal) + (end < name.Length ? "…" : "");
    }
}
