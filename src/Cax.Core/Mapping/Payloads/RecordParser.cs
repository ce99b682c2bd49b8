using System.Text.Json;
using System.Text.Unicode;
using Cax.Core.Events.Json;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Payloads;

/// <summary>Reads one record, or says in one of five ways why it cannot be.</summary>
internal static class RecordParser
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>The value alone: no byte order mark, no white space around it.</summary>
    public static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> utf8)
    {
        var trimmed = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        return trimmed.Trim(" \t\r\n"u8);
    }

    /// <summary>The record on a tape, or null with the reason.</summary>
    public static JsonTape? Read(ReadOnlyMemory<byte> utf8, out MapResult? parked)
    {
        parked = null;
        if (!Utf8.IsValid(utf8.Span))
        {
            parked = Park(ReasonCodes.InvalidText, "The record holds bytes that are not UTF-8. Write the file or message as UTF-8.");
            return null;
        }

        // Asked before parsing: to compare names the parser must unescape them, which such an escape makes impossible.
        if (!LoneSurrogates.In(utf8.Span) && JsonTape.Parse(utf8) is { } tape)
        {
            return tape;
        }

        parked = Diagnose(utf8.Span);
        return null;
    }

    /// <summary>The document of a record that was read on to a tape, or null when a name stands twice in one of its objects.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, out MapResult? parked)
    {
        try
        {
            parked = null;
            return JsonDocument.Parse(utf8, Strict);
        }
        catch (JsonException)
        {
            // Diagnosed without relying on the wording of the exception.
            parked = Diagnose(utf8.Span);
            return null;
        }
    }

    private static MapResult Diagnose(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, AnyDepth);
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MaxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    return Park(ReasonCodes.TooDeep, "The record is nested deeper than 64 levels.");
                }
            }
        }
        catch (JsonException e)
        {
            return Park(ReasonCodes.MalformedJson, $"The record is not JSON, from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on.");
        }

        return LoneSurrogates.In(utf8)
            ? Park(ReasonCodes.InvalidText, "A text holds an escaped half of a surrogate pair (\\ud800 to \\udfff alone), which is no character.")
            : Park(ReasonCodes.DuplicateKey, "One object has the same name twice, so nobody can know which value is meant.");
    }

    private static MapResult Park(string reason, string detail) => MapResult.Parked(reason, detail, []);
}
