using Cax.Core;

namespace Cax.Cli.Output;

/// <summary>How a run is told: the accounts on standard output, why it stopped on standard error.</summary>
internal static class RunReport
{
    private const string Caveat =
        "Sent means handed over: CAX answers 200 whatever it thinks of an event and does not confirm what it took. `cax check` asks whether the key belongs to an active source.";

    public static void Print(CliConsole console, RunResult result, bool json, bool dryRun, string deadLetters, IReadOnlyList<SentFile>? files = null)
    {
        if (json)
        {
            AccountsJson.Print(console, result.Accounts, result.Complete, more =>
            {
                if (dryRun)
                {
                    more.WriteBoolean("dryRun", true);
                }

                if (files is not null)
                {
                    FileLines.Write(more, files);
                }
            });
        }
        else
        {
            AccountsText.Print(console, result.Accounts, dryRun);
            if (files is not null)
            {
                FileLines.Print(console, files);
            }

            if (result.Accounts.Records.DeadLettered > 0)
            {
                console.Out.WriteLine();
                console.Out.WriteLine(dryRun ? "A dry run parks nothing." : $"What was parked lies in {deadLetters}");
            }
        }

        PrintStops(console, result);
    }

    /// <summary>What success does not mean.</summary>
    public static void PrintCaveat(TextWriter to)
    {
        to.WriteLine();
        AccountsText.PrintWrapped(to, Caveat, "", 0);
    }

    private static void PrintStops(CliConsole console, RunResult result)
    {
        foreach (var (name, outcome) in result.Stopped)
        {
            console.Say($"destination {name}: {outcome.Detail}");
        }

        foreach (var unreadable in result.Unreadable)
        {
            console.Say(unreadable);
        }

        if (result.Interrupted)
        {
            console.Say("interrupted; send the same again: what was sent keeps its ids.");
        }
        else if (!result.Complete)
        {
            console.Say("not everything was read.");
        }

        if (result.Accounts.SettlementFailures > 0)
        {
            console.Say(FormattableString.Invariant($"results that could not be written beside their documents: {result.Accounts.SettlementFailures}"));
        }
    }
}
