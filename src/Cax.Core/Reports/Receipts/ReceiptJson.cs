using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cax.Core.Reports.Receipts;

/// <summary>
/// A receipt as one line of JSON: <c>{ "at", "outcome", "reason", "event", "eventId", "businessId", "destination", "delivery", "line", "content" }</c>,
/// without those that there are none of.
/// </summary>
internal static class ReceiptJson
{
    /// <summary>What a sender wrote is cut to so many characters.</summary>
    private const int LongestText = 256;

    /// <summary>Few receipts are longer.</summary>
    private const int UsualBytes = 320;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The lines, each ending in a line feed.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyCollection<Receipt> receipts)
    {
        var lines = new ArrayBufferWriter<byte>(UsualBytes * (1 + receipts.Count));
        using var json = new Utf8JsonWriter(lines, Readable);
        foreach (var receipt in receipts)
        {
            json.Reset();
            Write(json, receipt);
            json.Flush();
            lines.Write("\n"u8);
        }

        return lines.WrittenMemory;
    }

    /// <summary>Null when the line is none of ours, or damaged.</summary>
    public static Receipt? TryRead(in ReadOnlySequence<byte> line)
    {
        try
        {
            var json = new Utf8JsonReader(line);
            return json.Read() && json.TokenType == JsonTokenType.StartObject ? ReadMembers(ref json) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, Receipt receipt)
    {
        json.WriteStartObject();
        json.WriteString("at", receipt.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        json.WriteString("outcome", NameOf(receipt.Outcome));
        WriteText(json, "reason", receipt.Reason);
        WriteText(json, "event", receipt.EventName);
        WriteText(json, "eventId", receipt.EventId);
        WriteText(json, "businessId", receipt.BusinessId);
        WriteText(json, "destination", receipt.Destination);
        WriteText(json, "delivery", receipt.Delivery);
        json.WriteNumber("line", receipt.Line);
        WriteText(json, "content", receipt.Content);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text.AsSpan(0, Math.Min(text.Length, LongestText)));
        }
    }

    private static Receipt? ReadMembers(ref Utf8JsonReader json)
    {
        DateTimeOffset? at = null;
        OutcomeKind? outcome = null;
        string? reason = null, name = null, eventId = null, businessId = null, destination = null, delivery = null, content = null;
        long line = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var member = json.GetString();
            json.Read();
            switch (member)
            {
                case "at": at = json.GetDateTimeOffset(); break;
                case "outcome": outcome = OutcomeOf(json.GetString()); break;
                case "reason": reason = json.GetString(); break;
                case "event": name = json.GetString(); break;
                case "eventId": eventId = json.GetString(); break;
                case "businessId": businessId = json.GetString(); break;
                case "destination": destination = json.GetString(); break;
                case "delivery": delivery = json.GetString(); break;
                case "line": line = json.GetInt64(); break;
                case "content": content = json.GetString(); break;
                default: json.Skip(); break;
            }
        }

        return at is { } time && outcome is { } kind && destination is not null && delivery is not null && !json.Read()
            ? new Receipt(time, eventId, name, businessId, kind, reason, destination, delivery, line, content)
            : null;
    }

    private static string NameOf(OutcomeKind outcome) => outcome switch
    {
        OutcomeKind.Sent => "sent",
        OutcomeKind.DeadLettered => "deadLettered",
        OutcomeKind.Skipped => "skipped",
        _ => "returned",
    };

    private static OutcomeKind? OutcomeOf(string? name) => name switch
    {
        "sent" => OutcomeKind.Sent,
        "deadLettered" => OutcomeKind.DeadLettered,
        "skipped" => OutcomeKind.Skipped,
        "returned" => OutcomeKind.Returned,
        _ => null,
    };
}
