using Cax.Simulator;

namespace Cax.Cli.Output;

/// <summary>What the twin has seen, for a person.</summary>
internal static class TwinText
{
    public static void Print(CliConsole console, TwinSummary seen)
    {
        var to = console.Out;
        to.WriteLine(FormattableString.Invariant(
            $"The twin got {seen.Requests:N0} requests and recorded {seen.Events:N0} events with {seen.DistinctIds:N0} ids ({seen.RepeatedIds:N0} of them repeated)."));
        PrintCounts(to, "answers", seen.ByStatus, status => status == 0 ? "none (cut off)" : FormattableString.Invariant($"HTTP {status}"));
        PrintCounts(to, "events", seen.ByEventName, name => Printable.Of(name));
        PrintCounts(to, "verdicts", seen.Verdicts.Where(verdict => verdict.Value > 0), verdict => verdict.ToString());
        if (seen.Dropped > 0)
        {
            to.WriteLine(FormattableString.Invariant(
                $"{seen.Dropped:N0} events were lost behind a 200: wrong key, wrong content type, or too large. --loud makes that an error."));
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
