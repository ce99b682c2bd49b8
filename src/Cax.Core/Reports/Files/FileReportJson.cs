using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cax.Core.Mapping;
using Cax.Core.Sources.Files;

namespace Cax.Core.Reports.Files;

/// <summary>
/// <c>report.json</c>: the shape of the vendor's bulk answers (CAX reference 8.2 and 9.1), and in <c>meta</c> what they have no place for. The schema
/// <c>cax-file-report.v1.schema.json</c> describes it.
/// </summary>
internal static class FileReportJson
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    public static byte[] Write(FileFacts facts, ReportTotals totals)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            var records = totals.Records.Tally;
            json.WriteStartObject();
            WriteKinds(json, "errors", totals.Kinds(KindList.Rejected));
            json.WriteStartObject("data");
            json.WriteNumber("accepted_object_count", records.Sent);
            json.WriteNumber("rejected_object_count", records.DeadLettered);
            json.WriteEndObject();
            json.WriteStartObject("meta");
            json.WriteNumber("version", Version);
            json.WriteString("verdict", VerdictWords.Code(facts.Verdict));
            json.WriteString("summary", VerdictWords.Sentence(facts.Verdict, records));
            WriteText(json, "why", facts.Why);
            WriteFile(json, facts);
            WriteRun(json, facts);
            WriteTally(json, "records", "read", totals.Records);
            WriteTally(json, "events", "mapped", totals.Events);
            WriteReasons(json, totals);
            WriteCounts(json, "profiles", totals.Profiles);
            WriteKinds(json, "skipped", totals.Kinds(KindList.Skipped));
            WriteKinds(json, "returned", totals.Kinds(KindList.Returned));
            WriteKinds(json, "warnings", totals.Kinds(KindList.Warned));
            WriteMoney(json, totals);
            WritePlaces(json, facts, totals);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteKinds(Utf8JsonWriter json, string name, IReadOnlyList<ErrorKind> kinds)
    {
        json.WriteStartArray(name);
        foreach (var kind in kinds)
        {
            json.WriteStartObject();
            json.WriteString("code", kind.Key.Code);
            json.WriteString("detail", kind.Detail);
            json.WriteStartObject("meta");
            json.WriteNumber("error_count", kind.Count);
            WriteLines(json, kind.Lines);
            if (kind.Count > kind.Lines.Count)
            {
                json.WriteNumber("line_numbers_omitted", kind.Count - kind.Lines.Count);
            }

            WriteTexts(json, "ids", kind.Ids);
            WriteText(json, "property", kind.Key.Property);
            WriteText(json, "rule", kind.Key.Rule);
            if (kind.Key.Status is { } status)
            {
                json.WriteNumber("http_status", status);
            }

            WriteTexts(json, "examples", kind.Examples);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>On one line, however many there are: a person scrolls past them.</summary>
    private static void WriteLines(Utf8JsonWriter json, List<long> lines)
    {
        json.WritePropertyName("line_numbers");
        json.WriteRawValue("[" + string.Join(", ", lines.Select(line => line.ToString(CultureInfo.InvariantCulture))) + "]");
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, List<string> texts)
    {
        if (texts.Count > 0)
        {
            json.WriteStartArray(name);
            texts.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }
    }

    private static void WriteFile(Utf8JsonWriter json, FileFacts facts)
    {
        json.WriteStartObject("file");
        json.WriteString("name", facts.Name);
        json.WriteString("key", facts.Key);
        json.WriteNumber("bytes", facts.Bytes);
        WriteText(json, "sha256", facts.Sha256);
        WriteTime(json, "received_at", facts.ReceivedAt);
        json.WriteEndObject();
        if (facts.Layout is { } layout)
        {
            json.WriteStartObject("layout");
            json.WriteString("format", layout.Format == FileFormat.Csv ? "csv" : "json");
            json.WriteString("encoding", layout.Encoding.WebName);
            if (layout.Format == FileFormat.Csv)
            {
                json.WriteString("separator", layout.Separator.ToString());
            }

            json.WriteBoolean("gzip", layout.IsGzip);
            json.WriteEndObject();
        }

        if (facts.Layout?.Profile is { } profile)
        {
            json.WriteStartObject("profile");
            json.WriteString("name", profile.Name);
            json.WriteString("by", profile.By.Name());
            WriteText(json, "version", facts.ProfileVersion);
            json.WriteEndObject();
        }
    }

    private static void WriteRun(Utf8JsonWriter json, FileFacts facts)
    {
        json.WriteString("destination", facts.Destination);
        WriteTime(json, "started_at", facts.StartedAt);
        WriteTime(json, "ended_at", facts.EndedAt);
        json.WriteNumber("worked_seconds", Math.Round(facts.Worked.TotalSeconds, 3));
        json.WriteNumber("runs", facts.Runs);
        json.WriteNumber("requests", facts.Requests);
        json.WriteNumber("batches", facts.Batches);
        json.WriteNumber("bytes_sent", facts.BytesSent);
    }

    private static void WriteTally(Utf8JsonWriter json, string name, string total, OutcomeCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber(total, counts.Tally.Total);
        json.WriteNumber("sent", counts.Sent);
        json.WriteNumber("dead_lettered", counts.DeadLettered);
        json.WriteNumber("skipped", counts.Skipped);
        json.WriteNumber("returned", counts.Returned);
        json.WriteEndObject();
    }

    private static void WriteReasons(Utf8JsonWriter json, ReportTotals totals)
    {
        json.WriteStartObject("reasons");
        WriteCounts(json, "dead_lettered", totals.Rejected);
        WriteCounts(json, "skipped", totals.Skipped);
        WriteCounts(json, "returned", totals.Returned);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, SortedDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }

    private static void WriteMoney(Utf8JsonWriter json, ReportTotals totals)
    {
        json.WriteStartArray("money");
        foreach (var row in totals.Money)
        {
            json.WriteStartObject();
            json.WriteString("event", row.Event);
            WriteText(json, "currency", row.Currency.Length > 0 ? row.Currency : null);
            WriteSum(json, "read", row.Read(), row.Key.Digits);
            WriteSum(json, "sent", row.Sent, row.Key.Digits);
            WriteSum(json, "dead_lettered", row.DeadLettered, row.Key.Digits);
            WriteSum(json, "skipped", row.Skipped, row.Key.Digits);
            WriteSum(json, "returned", row.Returned, row.Key.Digits);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteTally(json, "without_amount", "read", totals.WithoutAmount);
    }

    private static void WriteSum(Utf8JsonWriter json, string name, MoneySum sum, int digits)
    {
        json.WriteStartObject(name);
        json.WriteNumber("events", sum.Events);
        json.WriteString("value", ExactAmount.Text(sum.Value, digits));
        json.WriteString("revenue", ExactAmount.Text(sum.Revenue, digits));
        json.WriteNumber("without_value", sum.WithoutValue);
        json.WriteNumber("without_revenue", sum.WithoutRevenue);
        json.WriteEndObject();
    }

    private static void WritePlaces(Utf8JsonWriter json, FileFacts facts, ReportTotals totals)
    {
        if (facts.RepairFile is { } repair)
        {
            json.WriteStartObject("repair");
            json.WriteString("file", repair);
            json.WriteNumber("records", totals.Records.DeadLettered - totals.NotInRepair);
            json.WriteNumber("records_not_in_it", totals.NotInRepair);
            json.WriteEndObject();
        }

        WriteText(json, "dead_letters", facts.DeadLetters);
        WriteRelated(json, "repair_of", facts.RepairOf);
        json.WriteStartArray("repaired_by");
        foreach (var related in facts.RepairedBy)
        {
            WriteRelated(json, null, related);
        }

        json.WriteEndArray();
        WriteRelated(json, "same_as", facts.SameAs);
    }

    private static void WriteRelated(Utf8JsonWriter json, string? name, RelatedReport? related)
    {
        if (related is null)
        {
            return;
        }

        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartObject();
        json.WriteString("file", related.Name);
        json.WriteString("report", related.Report);
        WriteTime(json, "at", related.At);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time) =>
        json.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
