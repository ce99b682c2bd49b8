using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Cax.Core.Events;

namespace Cax.Core.DeadLetters;

/// <summary>Dead letters and replay results as single JSON lines. The README shows the shape.</summary>
public static class DeadLetterJson
{
    /// <summary>How each letter begins.</summary>
    internal static ReadOnlySpan<byte> LineStart => "{\"version\":"u8;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document, ending in a line feed.</summary>
    public static byte[] Write(DeadLetter letter) => Line(json =>
    {
        json.WriteNumber("version", DeadLetter.CurrentVersion);
        json.WriteString("name", letter.Name);
        json.WriteString("reason", letter.Reason);
        json.WriteString("detail", letter.Detail);
        json.WriteStartArray("findings");
        foreach (var finding in letter.Findings)
        {
            json.WriteStartObject();
            json.WriteString("code", finding.Code);
            json.WriteString("severity", finding.Severity == Severity.Error ? "error" : "warning");
            json.WriteString("path", finding.Path);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (letter.HttpStatus is { } status)
        {
            json.WriteNumber("httpStatus", status);
        }

        json.WriteNumber("attempts", letter.Attempts);
        json.WriteStartObject("origin");
        json.WriteString("source", letter.Origin.Source);
        json.WriteString("delivery", letter.Origin.Delivery);
        json.WriteNumber("line", letter.Origin.Line);
        json.WriteNumber("column", letter.Origin.Column);
        json.WriteNumber("offset", letter.Origin.Offset);
        json.WriteNumber("length", letter.Origin.Length);
        WriteTime(json, "receivedAt", letter.Origin.ReceivedAt);
        json.WriteEndObject();
        json.WriteString("destination", letter.Destination);
        WriteText(json, "eventName", letter.EventName);
        WriteText(json, "eventId", letter.EventId);
        json.WriteNumber("size", letter.Size);
        WriteTime(json, "firstAt", letter.FirstAt);
        WriteTime(json, "lastAt", letter.LastAt);
        if (letter.History.Count > 0)
        {
            json.WriteStartArray("history");
            foreach (var earlier in letter.History)
            {
                json.WriteStartObject();
                WriteTime(json, "at", earlier.At);
                json.WriteString("reason", earlier.Reason);
                json.WriteString("detail", earlier.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteBytes(json, "event", letter.Event);
        if (letter.OriginalSha256 is { } sha)
        {
            json.WriteString("originalSha256", sha);
            WriteBytes(json, "originalHead", letter.Original);
        }
        else
        {
            WriteBytes(json, "original", letter.Original);
        }
    });

    /// <summary>The result, ending in a line feed.</summary>
    public static byte[] Write(ReplayResult result) => Line(json => WriteResult(json, result));

    /// <summary>The result with the name of its letter, ending in a line feed: for stores that keep the results of many letters together.</summary>
    public static byte[] Write(NamedReplayResult result) => Line(json =>
    {
        json.WriteString("name", result.Name);
        WriteResult(json, result.Result);
    });

    /// <exception cref="FormatException">The document is not one of ours, or damaged.</exception>
    public static DeadLetter ReadLetter(ReadOnlyMemory<byte> utf8) => Read(utf8, root =>
    {
        if (root.GetProperty("version").GetInt32() != DeadLetter.CurrentVersion)
        {
            throw new FormatException("the document has a version that this program does not know");
        }

        var origin = root.GetProperty("origin");
        var sha = Text(root, "originalSha256");
        return new DeadLetter
        {
            Name = ReadName(root),
            Reason = ReadReason(root),
            Detail = Required(root, "detail"),
            Findings = [.. root.GetProperty("findings").EnumerateArray().Select(ReadFinding)],
            HttpStatus = root.TryGetProperty("httpStatus", out var status) ? status.GetInt32() : null,
            Attempts = root.GetProperty("attempts").GetInt32(),
            Origin = new DeadLetterOrigin(
                Required(origin, "source"),
                Required(origin, "delivery"),
                origin.GetProperty("line").GetInt64(),
                origin.GetProperty("column").GetInt64(),
                origin.GetProperty("offset").GetInt64(),
                origin.GetProperty("length").GetInt64(),
                origin.GetProperty("receivedAt").GetDateTimeOffset()),
            Destination = Required(root, "destination"),
            EventName = Text(root, "eventName"),
            EventId = Text(root, "eventId"),
            Size = root.GetProperty("size").GetInt64(),
            FirstAt = root.GetProperty("firstAt").GetDateTimeOffset(),
            LastAt = root.GetProperty("lastAt").GetDateTimeOffset(),
            History = root.TryGetProperty("history", out var history) ? [.. history.EnumerateArray().Select(ReadEarlier)] : [],
            Event = Bytes(root, "event"),
            OriginalSha256 = sha,
            Original = Bytes(root, sha is null ? "original" : "originalHead"),
        };
    });

    /// <exception cref="FormatException">The document is not one of ours, or damaged.</exception>
    public static ReplayResult ReadResult(ReadOnlyMemory<byte> utf8) => Read(utf8, ReadResult);

    /// <exception cref="FormatException">The document is not one of ours, or damaged.</exception>
    public static NamedReplayResult ReadNamedResult(ReadOnlyMemory<byte> utf8) =>
        Read(utf8, root => new NamedReplayResult(ReadName(root), ReadResult(root)));

    private static ReplayResult ReadResult(JsonElement root) => new(
        root.GetProperty("at").GetDateTimeOffset(),
        Enum.Parse<OutcomeKind>(Required(root, "outcome")),
        Text(root, "reason"),
        Text(root, "detail"));

    /// <summary>Names come out of documents that a person may have edited, and are told and looked up: one that is not shaped like ours is none.</summary>
    private static string ReadName(JsonElement root) => Required(root, "name") is var name && DeadLetterName.IsUsable(name)
        ? name
        : throw new FormatException("the document has a name that no dead letter has");

    private static string ReadReason(JsonElement root) => Required(root, "reason") is var reason && DeadLetterName.IsReason(reason)
        ? reason
        : throw new FormatException("the document has a reason that is no reason code");

    private static string Required(JsonElement parent, string name) =>
        parent.GetProperty(name).GetString() ?? throw new FormatException($"the document has no {name}");

    private static Finding ReadFinding(JsonElement finding) => new(
        Required(finding, "code"),
        finding.GetProperty("severity").GetString() == "error" ? Severity.Error : Severity.Warning,
        Required(finding, "path"),
        Required(finding, "message"));

    private static EarlierParking ReadEarlier(JsonElement earlier) => new(
        earlier.GetProperty("at").GetDateTimeOffset(),
        Required(earlier, "reason"),
        Required(earlier, "detail"));

    private static void WriteResult(Utf8JsonWriter json, ReplayResult result)
    {
        WriteTime(json, "at", result.At);
        json.WriteString("outcome", result.Kind.ToString());
        WriteText(json, "reason", result.Reason);
        WriteText(json, "detail", result.Detail);
    }

    private static byte[] Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static T Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("the document is not a dead letter of this program, or damaged", e);
        }
    }

    /// <summary>Bytes as text where they are UTF-8, else as base64 under the name with <c>Base64</c> added.</summary>
    private static void WriteBytes(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (Utf8.IsValid(bytes.Span))
        {
            json.WriteString(name, bytes.Span);
        }
        else
        {
            json.WriteBase64String(name + "Base64", bytes.Span);
        }
    }

    private static ReadOnlyMemory<byte> Bytes(JsonElement root, string name)
    {
        if (root.TryGetProperty(name, out var text))
        {
            return Encoding.UTF8.GetBytes(text.GetString()!);
        }

        return root.TryGetProperty(name + "Base64", out var base64) ? base64.GetBytesFromBase64() : default(ReadOnlyMemory<byte>);
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

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
