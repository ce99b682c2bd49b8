using System.Globalization;
using System.Text.Json;
using Cax.Cli.Output;
using Cax.Core;
using Cax.Simulator;

namespace Cax.Cli.Demo;

/// <summary>Tells a person what the demo does, in three parts: before, on the way, and after.</summary>
internal sealed class DemoStory(CliConsole console)
{
    private readonly Ink _ink = Ink.For(console);

    public void Begin(Uri twin, IReadOnlyList<DemoFile> files)
    {
        Head("The sample");
        foreach (var file in files)
        {
            Row(Path.GetFileName(file.Path), file.Content);
        }

        Head("The endpoint");
        Wrap($"A local twin of CAX listens on {twin.AbsoluteUri} and knows one key. It will answer the first two requests with 503 and the third with 429 and Retry-After: 1, and each request with 400 that holds the word {DemoSample.Poison}. Sending...");
    }

    public void End(RunResult run, IReadOnlyList<SentFile> files, DemoCheck check, string directory)
    {
        Head("What happened");
        Row("faults", $"{string.Join(", ", check.Faults)}: waited, tried again, lost nothing.");
        Row("the poison", FormattableString.Invariant(
            $"{check.Refusals} requests were refused until the one bad event of its batch stood alone and was parked. The others of the batch were sent."));
        console.Out.WriteLine();
        AccountsText.Print(console, run.Accounts, dryRun: false);
        Head("Accounts of the connector against counts of the twin");
        foreach (var comparison in check.Comparisons)
        {
            console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {comparison.What,-40}{comparison.Connector,11:N0}{comparison.Twin,11:N0}  ") + (comparison.Agrees ? _ink.Good("agree") : _ink.Bad("DIFFER")));
        }

        console.Out.WriteLine();
        console.Out.WriteLine(check.Agrees
            ? _ink.Good("They agree, event for event, each id once.")
            : _ink.Bad("They do not agree: that is a bug of the connector."));
        Next(directory);
        Head("The report of the export file");
        FileLines.Print(console, files);
    }

    /// <summary>The twin's counts as the member <c>twin</c> of the accounts.</summary>
    public static void Write(Utf8JsonWriter json, DemoCheck check)
    {
        var twin = check.Twin;
        json.WriteStartObject("twin");
        json.WriteBoolean("agrees", check.Agrees);
        json.WriteNumber("requests", twin.Requests);
        json.WriteNumber("events", twin.Events);
        json.WriteNumber("distinctIds", twin.DistinctIds);
        json.WriteNumber("repeatedIds", twin.RepeatedIds);
        json.WriteNumber("dropped", twin.Dropped);
        json.WriteStartObject("verdicts");
        foreach (var (verdict, count) in twin.Verdicts)
        {
            json.WriteNumber(
                verdict switch { Verdict.Valid => "VALID", Verdict.InvalidAccepted => "INVALID_ACCEPTED", _ => "INVALID_REJECTED" }, count);
        }

        json.WriteEndObject();
        json.WriteStartObject("byStatus");
        foreach (var (status, count) in twin.ByStatus)
        {
            json.WriteNumber(status.ToString(CultureInfo.InvariantCulture), count);
        }

        json.WriteEndObject();
        json.WriteStartArray("differences");
        foreach (var comparison in check.Comparisons.Where(comparison => !comparison.Agrees))
        {
            json.WriteStringValue(FormattableString.Invariant($"{comparison.What}: {comparison.Connector} / {comparison.Twin}"));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Next(string directory)
    {
        Head("Where to look next");
        console.Out.WriteLine("  dotnet publish src/Cax.Cli -o DIR    makes DIR/cax, the command used below");
        console.Out.WriteLine($"  cd {directory}");
        console.Out.WriteLine("  cax validate sample.ndjson           what is wrong, line by line");
        console.Out.WriteLine("  ls dead-letters/*/*                  what was parked, by reason");
        console.Out.WriteLine("  cax simulate                         a twin to try with; in another terminal:");
        console.Out.WriteLine($"  export Cax__Endpoint=http://127.0.0.1:5080 Cax__SiteId={DemoSettings.Site}");
        console.Out.WriteLine($"  export Cax__SourceKey={DemoSettings.Key}");
        console.Out.WriteLine("  cax replay dead-letters --reason refused");
    }

    private void Head(string text)
    {
        console.Out.WriteLine();
        console.Out.WriteLine(_ink.Bold(text));
    }

    private void Row(string name, string text)
    {
        var start = "  " + name.PadRight(22);
        AccountsText.PrintWrapped(console.Out, text, start, start.Length);
    }

    private void Wrap(string text) => AccountsText.PrintWrapped(console.Out, text, "  ", 2);
}
