using System.Text.Json;

namespace Cax.Simulator.Records;

/// <summary>Records as newline-delimited JSON, one a line.</summary>
internal static class RecordLines
{
    public static void Write(Stream output, ReceivedEvent received) => WriteLine(output, json =>
    {
        json.WriteString("receivedAt", received.ReceivedAt);
        json.WriteString("verdict", received.Verdict.Name());
        json.WriteStartArray("findings");
        foreach (var finding in received.Findings)
        {
            json.WriteStartObject();
            json.WriteString("rule", finding.Rule);
            json.WriteString("path", finding.Path);
            json.WriteString("message", finding.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("event");
        json.WriteRawValue(SingleLine.Of(received.Json), skipInputValidation: true);
    });

    public static void Write(Stream output, ReceivedRequest request) => WriteLine(output, json =>
    {
        json.WriteString("receivedAt", request.ReceivedAt);
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(request.Kind.ToString()));
        json.WriteNumber("status", request.Status);
        json.WriteString("reason", request.Reason);
        json.WriteString("siteId", request.SiteId);
        json.WriteNumber("events", request.Events);
        json.WriteNumber("dropped", request.Dropped);
        json.WriteNumber("bytes", request.Bytes);
    });

    private static void WriteLine(Stream output, Action<Utf8JsonWriter> members)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
