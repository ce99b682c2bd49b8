using System.Globalization;
using Cax.Cli.Output;
using Cax.Core;
using Cax.Core.Delivery;
using Cax.Core.Reports;

namespace Cax.Cli.Stories;

/// <summary>The story of an order for a person.</summary>
internal static class StoryText
{
    public static void Print(CliConsole console, IReadOnlyList<StoryEntry> entries)
    {
        var ink = Ink.For(console);
        for (var i = 0; i < entries.Count; i++)
        {
            if (i > 0)
            {
                console.Out.WriteLine();
            }

            Print(console.Out, ink, entries[i]);
        }
    }

    private static void Print(TextWriter to, Ink ink, StoryEntry entry)
    {
        var time = entry.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var name = entry.EventName is null ? "" : Printable.Of(entry.EventName) + " ";
        var where = entry.Destination.Equals(Destination.DefaultName, StringComparison.OrdinalIgnoreCase) ? "" : $" to {Printable.Of(entry.Destination)}";
        var from = FormattableString.Invariant($"{(entry.IsReplay ? "replayed, first in" : "from")} {Printable.Of(entry.Delivery)}, line {entry.Line}");
        to.WriteLine($"{time}  {Word(ink, entry.Outcome)} {name}{from}{where}");
        if (entry.Reason is { } reason)
        {
            Explain(to, ink.Bold(Printable.Of(reason)), reason.Length, ReasonWords.Of(reason).Text);
        }

        if (entry.Detail is { } detail)
        {
            Explain(to, "found", "found".Length, Printable.Of(detail));
        }

        if (entry is { DeadLetter: { } letter, IsReplay: false })
        {
            to.WriteLine($"  dead letter {Printable.Of(letter)}");
        }
    }

    private static void Explain(TextWriter to, string heading, int width, string text) => AccountsText.PrintWrapped(to, text, $"  {heading}  ", width + 4);

    private static string Word(Ink ink, OutcomeKind outcome) => outcome switch
    {
        OutcomeKind.Sent => ink.Good("sent"),
        OutcomeKind.DeadLettered => ink.Bad("parked"),
        OutcomeKind.Skipped => ink.Careful("skipped"),
        _ => ink.Bad("returned"),
    };
}
