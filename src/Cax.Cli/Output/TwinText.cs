using Cax.Simulator;

namespace Cax.Cli.Output;

/// <summary>What the twin has seen, for a person.</summary>
internal static class TwinText
{
    public static void Print(CliConsole console, TwinSummary seen)
    {
        var to = console.Out;
        to.WriteLine(FormattableString.Invariant(
            $"The twin has seen: requests {seen.Requests:N0}, events {seen.Events:N0}, different ids {seen.DistinctIds:N0}, repeated ids {seen.RepeatedIds:N0}"));
        PrintCounts(to, "answers", seen.ByStatus, status => status == 0 ? "none (cut off)" : FormattableString.Invariant($"HTTP {status}"));
        PrintCounts(to, "events", seen.ByEventName, name => Printable.Of(name));
        PrintCounts(to, "verdicts", seen.Verdicts.Where(verdict => verdict.Value > 0), verdict => verdict.ToString());
        if (seen.Dropped > 0)
        {
            to.WriteLine(FormattableString.Invariant(
                $"Lost behind a 200, for a wrong key, a wrong content type or their size: {seen.Dropped:N0}. --loud makes that an error."));
        }
    }

    private static void PrintCounts<T>(TextWriter to, string what, IEnumerable<KeyValuePair<T, int>> counts, Func<T, string> name)
    {
        var parts = counts.Select(count => FormattableString.Invariant($"{name(count.Key)} {count.Value:N0}")).ToList();
        if (parts.Count > 0)
        {
            var start = "  " + what.PadRight(10);
            AccountsText.PrintWrapped(to, string.Join(", ", parts), start, start.Length);
        }
    }
}
