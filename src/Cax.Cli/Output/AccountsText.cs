using System.Globalization;
using Cax.Core.Mapping;
using Cax.Core.Reports;

namespace Cax.Cli.Output;

/// <summary>The accounts for a person, within 80 columns and in plain ASCII.</summary>
internal static class AccountsText
{
    private const int Columns = 80;
    private const int Label = 9;
    private const int Number = 12;
    private const int Count = 9;

    public static void Print(CliConsole console, Accounts accounts, bool dryRun)
    {
        var ink = Ink.For(console);
        var to = console.Out;
        to.WriteLine(ink.Bold(
            "".PadRight(Label) + Cell("read") + Cell(dryRun ? "would send" : "sent") + Cell("parked") + Cell("skipped") + Cell("returned")));
        to.WriteLine("records".PadRight(Label) + Row(accounts.Records, ink));
        to.WriteLine("events".PadRight(Label) + Row(accounts.Events, ink));
        to.WriteLine();
        to.WriteLine(dryRun
            ? FormattableString.Invariant($"requests that would be made {accounts.Batches:N0}, bytes {accounts.Bytes:N0}, batches {accounts.BatchFill:P0} full")
            : FormattableString.Invariant(
                $"requests {accounts.Requests:N0}, accepted {accounts.Batches:N0}, bytes accepted {accounts.Bytes:N0}, batches {accounts.BatchFill:P0} full"));
        PrintCounts(
            to, ink, "Mapped by profiles, in records:", accounts.Profiles.ToDictionary(pair => $"{pair.Key.Name} by {pair.Key.By.Name()}", pair => pair.Value), _ => "");
        PrintCounts(to, ink, "Not sent, in records:", accounts.Reasons, reason => ReasonWords.Of(reason).Text);
        PrintCounts(to, ink, "Warnings, on events that can go all the same (`cax validate FILE` shows each):", accounts.Warnings, _ => "");
    }

    /// <summary>Writes a text in lines of at most 80 columns.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="text">The text.</param>
    /// <param name="first">What stands before the first line.</param>
    /// <param name="width">The columns of <paramref name="first"/>; further lines are indented by as many.</param>
    public static void PrintWrapped(TextWriter to, string text, string first, int width)
    {
        var line = first;
        var length = width;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (length > width && length + word.Length + 1 > Columns)
            {
                to.WriteLine(line.TrimEnd());
                line = new string(' ', width);
                length = width;
            }

            line += length > width ? " " + word : word;
            length += word.Length + (length > width ? 1 : 0);
        }

        to.WriteLine(line.TrimEnd());
    }

    private static void PrintCounts(TextWriter to, Ink ink, string heading, IReadOnlyDictionary<string, long> counts, Func<string, string> explain)
    {
        if (counts.Count == 0)
        {
            return;
        }

        to.WriteLine();
        to.WriteLine(heading);
        var widest = counts.Keys.Max(code => code.Length);
        foreach (var (code, count) in counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var start = count.ToString("N0", CultureInfo.InvariantCulture).PadLeft(Count) + "  ";
            PrintWrapped(to, explain(code), start + ink.Bold(code.PadRight(widest)) + "  ", start.Length + widest + 2);
        }
    }

    private static string Row(Tally tally, Ink ink) =>
        Cell(tally.Total) + ink.Good(Cell(tally.Sent)) + Alarming(tally.DeadLettered, ink) + Cell(tally.Skipped) + Alarming(tally.Returned, ink);

    private static string Alarming(long number, Ink ink) => number == 0 ? Cell(number) : ink.Bad(Cell(number));

    private static string Cell(long number) => Cell(number.ToString("N0", CultureInfo.InvariantCulture));

    private static string Cell(string text) => text.PadLeft(Number);
}
