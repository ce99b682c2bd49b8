using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cax.Cli.Output;

namespace Cax.Cli.Profiles.Drafting;

/// <summary>A draft as the document of a profile.</summary>
internal static class DraftJson
{
    private const string Zone = "timeZone";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ProfileDraft draft, string name)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            Write(json, draft, name);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, ProfileDraft draft, string name)
    {
        json.WriteStartObject();
        json.WriteString("profile", name);
        json.WriteNumber("version", 1);
        json.WriteString("title", $"{name}: a first draft");
        if (draft.Notes.Count > 0)
        {
            json.WriteTexts("notes", draft.Notes);
        }

        if (draft.Time?.Form.NeedsZone == true)
        {
            json.WriteStartObject("parameters");
            json.WriteStartObject(Zone);
            json.WriteString("description", "Fill in a default such as \"Europe/Paris\": the times say nothing about their zone");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (draft.Records != "$")
        {
            json.WriteTexts("records", [draft.Records, "$"]);
        }

        json.WriteStartArray("events");
        json.WriteStartObject();
        json.WriteString("event", draft.Event);
        WriteTime(json, draft);
        json.WriteStartObject("set");
        WriteTargets(json, draft.Targets);
        if (draft.Items is { } items)
        {
            json.WriteStartObject("items");
            json.WriteString("each", items + "[]");
            json.WriteStartObject("set");
            WriteTargets(json, draft.ItemTargets);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, ProfileDraft draft)
    {
        if (draft.Time is not var (path, form))
        {
            return;
        }

        json.WriteStartObject("time");
        json.WriteString("timestamp", path);
        if (form.Format is { } format)
        {
            json.WriteString("format", format);
        }

        if (form.NeedsZone)
        {
            json.WriteStartObject("zone");
            json.WriteString("parameter", Zone);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTargets(Utf8JsonWriter json, List<DraftTarget> targets)
    {
        foreach (var target in targets)
        {
            if (target.Amount?.Mark is not { } mark)
            {
                json.WriteString(target.Name, target.Path);
                continue;
            }

            json.WriteStartObject(target.Name);
            json.WriteString("decimal", target.Path);
            json.WriteString("mark", mark);
            json.WriteString("group", target.Amount.Group);
            json.WriteEndObject();
        }
    }
}
