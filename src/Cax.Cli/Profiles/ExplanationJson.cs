using System.Text.Json;
using Cax.Cli.Output;
using Cax.Core.Events;

namespace Cax.Cli.Profiles;

/// <summary>
/// Explanations as one JSON object: <c>{"profile", "records": [{"result", "rule"?, "reason"?, "detail"?, "considered": [{"event", "holds", "targets":
/// [{"target", "value", "from", "missed"}]}], "missing", "events", "findings"}]}</c>.
/// </summary>
internal static class ExplanationJson
{
    public static void Print(CliConsole console, string profile, IReadOnlyList<ExplainedRecord> records) => AccountsJson.Print(console, json =>
    {
        json.WriteString("profile", profile);
        json.WriteStartArray("records");
        foreach (var record in records)
        {
            json.WriteStartObject();
            Write(json, record);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, ExplainedRecord record)
    {
        var result = record.Explanation.Result;
        json.WriteString("result", result.SkippedBy is not null ? "skipped" : result.ParkedBecause is not null ? "parked" : "mapped");
        if (result.SkippedBy is { } rule)
        {
            json.WriteString("rule", rule);
            json.WriteString("note", record.Explanation.SkipNote);
        }

        if (result.ParkedBecause is { } reason)
        {
            json.WriteString("reason", reason);
            json.WriteString("detail", result.Detail);
        }

        json.WriteStartArray("considered");
        foreach (var one in record.Explanation.Events)
        {
            json.WriteStartObject();
            json.WriteString("event", one.Name);
            json.WriteBoolean("holds", one.Holds);
            json.WriteStartArray("targets");
            foreach (var target in one.Targets)
            {
                json.WriteStartObject();
                json.WriteString("target", target.Name);
                json.WriteString("value", target.Value);
                json.WriteTexts("from", target.From);
                json.WriteTexts("missed", target.Missed);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Write(json, "missing", record.Explanation.Missing);
        json.WriteStartArray("events");
        foreach (var made in result.Events)
        {
            json.WriteRawValue(made.Utf8.Span);
        }

        json.WriteEndArray();
        Write(json, "findings", record.Findings);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Finding> findings)
    {
        json.WriteStartArray(name);
        foreach (var finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("severity", finding.Severity == Severity.Error ? "error" : "warning");
            json.WriteString("code", finding.Code);
            json.WriteString("path", finding.Path);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
