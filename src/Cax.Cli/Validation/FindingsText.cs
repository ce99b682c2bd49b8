using Cax.Cli.Output;
using Cax.Core.Events;

namespace Cax.Cli.Validation;

/// <summary>Findings as lines that editors and people understand: <c>file:line:column: error CODE path: message</c>.</summary>
internal sealed class FindingsText(CliConsole console) : IFindingsOutput
{
    private readonly Ink _ink = Ink.For(console);

    public void Add(RecordFinding found)
    {
        var finding = found.Finding;
        var severity = finding.Severity == Severity.Error ? _ink.Bad("error") : _ink.Careful("warning");
        var path = finding.Path.Length == 0 ? "" : " " + Printable.Of(finding.Path);
        var made = found.MadeEvent is { } name ? $" [in the {Printable.Of(name)} event made of it]" : "";
        console.Out.WriteLine(FormattableString.Invariant(
            $"{found.File}:{found.Line}:{found.Column}: {severity} {_ink.Bold(finding.Code)}{path}: {Printable.Of(finding.Message)}{made}"));
    }

    public void End(ValidationTotals totals)
    {
        var verdict = FormattableString.Invariant(
            $"records {totals.Records:N0}, events {totals.Events:N0}, errors {totals.Errors:N0}, warnings {totals.Warnings:N0}");
        console.Out.WriteLine(totals.Errors > 0 ? _ink.Bad(verdict) : totals.Warnings > 0 ? _ink.Careful(verdict) : _ink.Good(verdict));
    }
}
