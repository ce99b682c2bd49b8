using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Cax.Core.Events;
using Cax.Core.Mapping;

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
        if (letter.Profile is { } profile)
        {
            json.WriteStartObject("profile");
            json.WriteString("name", profile.Name);
            json.WriteString("by", profile.By.Name());
            json.WriteEndObject();
        }

        if (letter.Properties.Count > 0)
        {
            json.WriteStartObject("properties");
            foreach (var (name, value) in letter.Properties)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

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
