using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cax.Core.Events;

namespace Cax.Cli.Validation;

/// <summary>
/// Findings as one JSON object on one line: <c>{"findings":[{"file","line","column","severity","code","path","message","event"?}],"records","events",
/// "errors","warnings"}</c>. Written as they come, so that a file of any size is judged in constant memory.
/// </summary>
internal sealed class FindingsJson : IFindingsOutput, IDisposable
{
    private const int Enough = 32 * 1_024;

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * Enough);
    private readonly TextWriter _to;
    private readonly Utf8JsonWriter _json;

    public FindingsJson(CliConsole console)
    {
        _to = console.Out;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.WriteStartObject();
        _json.WriteStartArray("findings");
    }

    public void Add(RecordFinding found)
    {
        _json.WriteStartObject();
        _json.WriteString("file", found.File);
        _json.WriteNumber("line", found.Line);
        _json.WriteNumber("column", found.Column);
        _json.WriteString("severity", found.Finding.Severity == Severity.Error ? "error" : "warning");
        _json.WriteString("code", found.Finding.Code);
        _json.WriteString("path", found.Finding.Path);
        _json.WriteString("message", found.Finding.Message);
        if (found.MadeEvent is { } name)
        {
            _json.WriteString("event", name);
        }

        _json.WriteEndObject();
        if (_json.BytesPending + _buffer.WrittenCount > Enough)
        {
            Flush();
        }
    }

    public void End(ValidationTotals totals)
    {
        _json.WriteEndArray();
        _json.WriteNumber("records", totals.Records);
        _json.WriteNumber("events", totals.Events);
        _json.WriteNumber("errors", totals.Errors);
        _json.WriteNumber("warnings", totals.Warnings);
        _json.WriteEndObject();
        Flush();
        _to.WriteLine();
    }

    public void Dispose() => _json.Dispose();

    private void Flush()
    {
        _json.Flush();
        _to.Write(Encoding.UTF8.GetString(_buffer.WrittenSpan));
        _buffer.ResetWrittenCount();
    }
}
