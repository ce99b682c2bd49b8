using System.Globalization;

namespace Cax.Core.Events.Rules;

/// <summary>CAX060: the size of the event, and what makes it so large.</summary>
internal static class SizeRule
{
    private const int PathsNamed = 3;

    public static void Check(ReadOnlySpan<byte> utf8, int limit, string root, EventFindings findings)
    {
        if (utf8.Length <= limit)
        {
            return;
        }

        var heaviest = HeaviestPaths.Of(utf8, PathsNamed)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{root}{part.Path[1..]} {part.Bytes:N0} bytes"));
        var advice = string.Join(", ", heaviest) is { Length: > 0 } list ? $"shorten the heaviest parts: {list}" : "send less";
        findings.Error("CAX060", root, string.Create(
            CultureInfo.InvariantCulture, $"the event is {utf8.Length:N0} bytes, the limit {limit:N0}; {advice}"));
    }
}
