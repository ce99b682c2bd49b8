using System.Globalization;
using System.Text;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Sources;
using Cax.Core.Sources.Csv;
using Record = Cax.Core.Sources.Record;

namespace Cax.Core.Tests.Reports.Files;

/// <summary>Records with their outcomes, as the pipeline tells them, made by hand.</summary>
internal static class FinishedRecords
{
    public static readonly ProfileChoice Profile = new("orders-csv", ProfileRule.Path);

    public static FinishedRecord Sent(long line, params FinishedEvent[] events) =>
        new(At(line), Outcome.Sent, Profile, [], events.Length > 0 ? events : [new FinishedEvent(Purchase(line), Outcome.Sent, [])]);

    public static FinishedRecord Skipped(long line, string rule) => new(At(line), Outcome.Skipped(rule), Profile, [], []);

    public static FinishedRecord Returned(long line) =>
        new(At(line), Outcome.Returned(ReasonCodes.EndpointUnavailable, "the endpoint answered with HTTP 503"), Profile, [], []);

    /// <summary>Parked in mapping.</summary>
    public static FinishedRecord Parked(long line, string reason, string detail, params Finding[] findings) =>
        new(At(line), Outcome.Parked(reason, detail), Profile, findings, []);

    /// <summary>One event that breaks rules of CAX.</summary>
    public static FinishedRecord Invalid(long line, params Finding[] findings)
    {
        var outcome = Outcome.Parked(ReasonCodes.InvalidEvent, $"{findings[0].Code} {findings[0].Path}: {findings[0].Message}");
        return new FinishedRecord(At(line), outcome, Profile, [], [new FinishedEvent(Purchase(line), outcome, findings)]);
    }

    /// <summary>A row of a file that cannot be read.</summary>
    public static FinishedRecord Faulty(long line, string reason, string detail)
    {
        var at = At(line);
        var fault = new RecordFault(reason, detail, at.Position);
        return new FinishedRecord(at with { Fault = fault }, Outcome.Parked(reason, fault.Located), null, [], []);
    }

    public static Finding Error(string code, string path, string message) => new(code, Severity.Error, path, message);

    public static Finding Warning(string code, string path, string message) => new(code, Severity.Warning, path, message);

    public static CaxEvent Purchase(long number, string value = "64.90", string revenue = "50.00", string currency = "EUR") => Event(
        "purchase",
        $$"""{"event_name":"purchase","id":"ORD-{{number}}","value":{{value}},"revenue":{{revenue}},"currency":"{{currency}}"}""");

    public static CaxEvent Event(string name, string json) => new(name, "id-" + json.Length.ToString(CultureInfo.InvariantCulture), false, 0, Encoding.UTF8.GetBytes(json));

    /// <summary>A record of a hundred bytes a line.</summary>
    public static Record At(long line) => new() { Position = new RecordPosition(line, 1, (line - 1) * 100, 99), Utf8 = Encoding.UTF8.GetBytes($"{{\"line\":{line}}}") };

    /// <summary>A record of rows.</summary>
    /// <param name="line">Where the first one begins.</param>
    /// <param name="rows">Each with its line break, and what is wrong with it.</param>
    public static Record Rows(long line, params (string Text, string? Problem)[] rows) => Rows(line, [.. rows.Select(row => (Encoding.UTF8.GetBytes(row.Text), row.Problem))]);

    /// <summary>The same, with the bytes that the reader made of the row.</summary>
    public static Record Rows(long line, params (byte[] Text, string? Problem)[] rows)
    {
        var list = new List<SourceRow>();
        var at = 0;
        var next = line;
        foreach (var (text, problem) in rows)
        {
            list.Add(new SourceRow(next, at, text.Length, problem));
            at += text.Length;
            next += Math.Max(1, text.Count(b => b == '\n'));
        }

        var utf8 = rows.SelectMany(row => row.Text).ToArray();
        var bad = list.FirstOrDefault(row => row.Problem is not null);
        var position = new RecordPosition(line, 1, (line - 1) * 100, utf8.Length);
        return new Record
        {
            Position = position,
            Utf8 = utf8,
            Rows = new SourceRows(utf8, list),
            Fault = bad.Problem is { } words ? new RecordFault(ReasonCodes.MalformedRow, words, position with { Line = bad.Line }) : null,
        };
    }

    public static FinishedRecord ParkedAs(this Record record, string reason, string detail) => new(record, Outcome.Parked(reason, detail), Profile, [], []);
}
