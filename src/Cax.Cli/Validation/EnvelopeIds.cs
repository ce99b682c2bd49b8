using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Sources;

namespace Cax.Cli.Validation;

/// <summary>CAX063, for a file that is a request body or has one on each line: no event id stands twice in one body.</summary>
internal sealed class EnvelopeIds
{
    private readonly Dictionary<string, RecordPosition> _first = new(StringComparer.Ordinal);
    private readonly bool _bodyPerLine;
    private long _line;

    private EnvelopeIds(bool bodyPerLine) => _bodyPerLine = bodyPerLine;

    /// <summary>Null for a file that does not begin with <c>{"batch":[</c>.</summary>
    public static EnvelopeIds? For(ReadOnlySpan<byte> head)
    {
        var text = head.TrimStart(" \t\r\n"u8);
        return BatchEnvelope.IsOpenedBy(text) ? new EnvelopeIds(IsWholeBody(text)) : null;
    }

    public Finding? Repeats(string id, RecordPosition at)
    {
        if (_bodyPerLine && at.Line != _line)
        {
            _line = at.Line;
            _first.Clear();
        }

        if (id.Length == 0 || _first.TryAdd(id, at))
        {
            return null;
        }

        var first = _first[id];
        return new Finding("CAX063", Severity.Error, "$.context.event_id", FormattableString.Invariant(
            $"event_id is that of the event at line {first.Line}, column {first.Column} too; every event of a batch needs its own"));
    }

    /// <summary>Whether the first line is a body to itself, by the rule by which records are read.</summary>
    private static bool IsWholeBody(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        if (end < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(text[..end]);
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
