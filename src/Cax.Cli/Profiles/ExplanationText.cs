using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cax.Cli.Output;
using Cax.Core.Events;
using Cax.Core.Mapping.Profiles.Explaining;

namespace Cax.Cli.Profiles;

/// <summary>Explanations for a person.</summary>
internal sealed class ExplanationText(CliConsole console)
{
    private const int LongestValue = 60;
    private const int WidestName = 30;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Ink _ink = Ink.For(console);

    public void Print(string profile, IReadOnlyList<ExplainedRecord> records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (records.Count > 1)
            {
                console.Out.WriteLine(_ink.Bold(FormattableString.Invariant($"record {i + 1} of {records.Count}")));
            }

            Print(profile, records[i]);
        }
    }

    private void Print(string profile, ExplainedRecord record)
    {
        var explanation = record.Explanation;
        Verdict(profile, explanation);
        foreach (var one in explanation.Events)
        {
            console.Out.WriteLine();
            console.Out.WriteLine(one.Holds ? _ink.Bold(one.Name) : $"{one.Name}: the condition of this event does not hold");
            foreach (var target in one.Targets)
            {
                Print(target);
            }
        }

        Heading("Required by CAX, and nothing gave it:", explanation.Missing.Count);
        foreach (var missing in explanation.Missing)
        {
            Wrapped("", $"{missing.Path}: {missing.Message}");
        }

        foreach (var @event in explanation.Result.Events)
        {
            Heading("The event:", 1);
            console.Out.WriteLine(Pretty(@event));
        }

        Heading("Findings:", record.Findings.Count);
        foreach (var finding in record.Findings)
        {
            Wrapped(finding.Severity == Severity.Error ? _ink.Bad("error") : _ink.Careful("warning"), $" {finding.Code} {finding.Path}: {finding.Message}");
        }
    }

    private void Verdict(string profile, RecordExplanation explanation)
    {
        var result = explanation.Result;
        var because = explanation.Conditions.Count == 0 ? "" : $" (looked at {string.Join(", ", explanation.Conditions)})";
        if (result.SkippedBy is { } rule)
        {
            Wrapped(_ink.Careful("skipped"), $" by the rule {rule}{because}{(explanation.SkipNote is { } note ? ": " + note : "")}");
        }
        else if (result.ParkedBecause is { } reason)
        {
            Wrapped(_ink.Bad("parked"), $" as {reason}: {result.Detail}");
        }
        else
        {
            Wrapped(_ink.Good("mapped"), $" by the profile {profile}: {string.Join(", ", result.Events.Select(made => made.Name))}");
        }
    }

    private void Print(TargetExplanation target)
    {
        var name = "  " + Printable.Of(target.Name).PadRight(WidestName);
        var value = target.Value is { } json ? Cut(Printable.Of(json)) : _ink.Careful("nothing");
        console.Out.WriteLine($"{name} {value}");
        Detail(target.Value is null ? "gave something: " : "from ", target.From);
        Detail("nothing at ", target.Missed);
    }

    private void Detail(string what, IReadOnlyList<string> places)
    {
        if (places.Count > 0)
        {
            AccountsText.PrintWrapped(console.Out, what + Printable.Of(string.Join(", ", places)), "".PadRight(WidestName + 3), WidestName + 3);
        }
    }

    private void Heading(string text, int count)
    {
        if (count > 0)
        {
            console.Out.WriteLine();
            console.Out.WriteLine(_ink.Bold(text));
        }
    }

    private void Wrapped(string painted, string text) => AccountsText.PrintWrapped(console.Out, painted + Printable.Of(text), "", 0);

    private static string Cut(string value) => value.Length <= LongestValue ? value : value[..LongestValue] + "…";

    private static string Pretty(CaxEvent @event)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            JsonElement.Parse(@event.Utf8.Span).WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
