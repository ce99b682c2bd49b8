using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cax.Core.Sources;

namespace Cax.Core.Reports.Files;

/// <summary>A rejected JSON record as one line that says why.</summary>
/// <remarks>
/// <c>{"cax_repair":{"of":"…","why":"…"},</c> and then the members of the record as they were, without the line breaks between them. What is no JSON
/// object stands as text in a member <c>broken</c>.
/// </remarks>
internal static class RepairLine
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);

    public static void Write(Record record, string key, string why, IBufferWriter<byte> output)
    {
        var text = record.Utf8.Span;
        output.Write("{\"cax_repair\":{\"of\":\""u8);
        output.Write(Encoding.ASCII.GetBytes(key));
        output.Write("\",\"why\":\""u8);
        output.Write(JsonEncodedText.Encode(why, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
        output.Write("\"}"u8);
        if (record.Fault is null && text is [(byte)'{', ..])
        {
            var members = text[1..];
            if (members[Math.Max(0, members.IndexOfAnyExcept(Blanks))] != '}')
            {
                output.Write(","u8);
            }

            WriteOnOneLine(members, output);
        }
        else
        {
            // What is no UTF-8 cannot stand in a JSON text: a replacement character marks its place.
            output.Write(",\"broken\":\""u8);
            output.Write(JsonEncodedText.Encode(Encoding.UTF8.GetString(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
            output.Write("\"}"u8);
        }

        output.Write("\n"u8);
    }

    /// <summary>Leaves out the blanks between tokens where they hold a line break.</summary>
    private static void WriteOnOneLine(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        while (!json.IsEmpty)
        {
            var text = json.IndexOf((byte)'"');
            var between = text < 0 ? json : json[..text];
            while (!between.IsEmpty)
            {
                var blank = between.IndexOfAny(Blanks);
                blank = blank < 0 ? between.Length : blank;
                output.Write(between[..blank]);
                between = between[blank..];
                var end = between.IndexOfAnyExcept(Blanks);
                end = end < 0 ? between.Length : end;
                output.Write(between[..end].ContainsAny((byte)'\r', (byte)'\n') ? [] : between[..end]);
                between = between[end..];
            }

            var length = text < 0 ? 0 : TextLength(json[text..]);
            output.Write(text < 0 ? [] : json.Slice(text, length));
            json = text < 0 ? [] : json[(text + length)..];
        }
    }

    /// <summary>With its quotes.</summary>
    private static int TextLength(ReadOnlySpan<byte> json)
    {
        for (var at = 1; at < json.Length; at++)
        {
            if (json[at] == '"')
            {
                return at + 1;
            }

            at += json[at] == '\\' ? 1 : 0;
        }

        return json.Length;
    }
}
