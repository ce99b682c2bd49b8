using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cax.Cli.Demo;

/// <summary>The sample that the demo sends, as files that a person can look at. The same moment gives the same files.</summary>
internal sealed class DemoSample
{
    /// <summary>The text that the twin refuses.</summary>
    public const string Poison = "POISON";

    private const int Orders = 1_400;
    private const int Leads = 300;

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Pretty = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    private readonly SampleMessages _messages;
    private readonly SampleEvents _events;
    private readonly SampleExport _export;

    public DemoSample(DateTimeOffset now)
    {
        var shop = new SampleShop(now);
        _messages = new SampleMessages(shop);
        _events = new SampleEvents(shop);
        _export = new SampleExport(shop);
    }

    /// <summary>Writes the files into a directory.</summary>
    public IReadOnlyList<DemoFile> Write(string directory)
    {
        var files = new DemoFile[]
        {
            new(Path.Combine(directory, "sample.ndjson"), "demo-shop", "one record a line: own messages, CAX events of version 2, 1.0 and 2021"),
            new(Path.Combine(directory, "segmentstream.ndjson"), "segmentstream", "SegmentStream hits; they say nothing of consent, so their source has a policy"),
            new(Path.Combine(directory, "envelope.json"), "demo-shop", "a request body of CAX as one document"),
        };
        File.WriteAllLines(files[0].Path, Lines());
        File.WriteAllLines(files[1].Path, Range(5_000, 60).Select(number => Line(_events.Hit(number))));
        File.WriteAllText(files[2].Path, Envelope(6_000, 12).ToJsonString(Pretty) + "\n");
        return files;
    }

    /// <summary>Writes the file that a data team would drop into the exports container.</summary>
    public DemoFile WriteExport(string directory)
    {
        var file = new DemoFile(Path.Combine(directory, "export.csv"), "demo-shop", "an export file: 120 orders, a row for each item, three of them bad");
        File.WriteAllText(file.Path, _export.Write());
        return file;
    }

    private List<string> Lines()
    {
        var lines = new List<string>();
        lines.AddRange(Range(0, Orders).Select(number => Line(_messages.Placed(number))));
        lines.AddRange(Range(0, 90).Select(number => Line(_messages.Updated(number))));
        lines.AddRange(Range(90, 40).Select(number => Line(_messages.Cancelled(number))));
        lines.AddRange(Range(130, 60).Select(number => Line(_messages.Refunded(number))));
        lines.AddRange(Range(2_000, Leads).Select(number => Line(_messages.Lead(number))));
        lines.AddRange(Range(2_400, 40).Select(number => Line(_messages.Account(number))));
        lines.AddRange(Range(3_000, 80).Select(number => Line(_events.Version2(number))));
        lines.AddRange(Range(3_100, 20).Select(number => Line(_events.Version2WithTextTime(number))));
        lines.AddRange(Range(3_200, 30).Select(number => Line(_events.Version1(number))));
        lines.AddRange(Range(3_300, 20).Select(number => Line(_events.Of2021(number))));
        lines.Add(Line(Envelope(3_400, 10)));

        // What goes wrong stands among what does not, as in life.
        lines.Insert(1_900, lines[7]);
        lines.Insert(1_500, Line(Misshapen()));
        lines.Insert(1_250, """{"hello":"world"}""");
        lines.Insert(900, Line(_messages.Lead(2_901)).Replace("\"version\":1,", "\"version\":1,\"version\":2,", StringComparison.Ordinal));
        lines.Insert(700, Line(Poisoned()));
        lines.Insert(500, Line(WithoutConsent()));
        lines.Insert(300, Line(Oversized()));
        lines.Insert(100, Line(_messages.Placed(1_801)).Replace("\"version\":1,", "\"version\":1 ", StringComparison.Ordinal));
        return lines;
    }

    private JsonObject Envelope(int first, int count) =>
        new() { ["batch"] = new JsonArray([.. Range(first, count).Select(number => (JsonNode)_events.Version2(number))]) };

    private JsonObject Oversized()
    {
        var message = _messages.Placed(1_802);
        var note = new StringBuilder();
        while (note.Length < 40_000)
        {
            note.Append("a note nobody needs in tracking; ");
        }

        message["order"]!["custom"] = new JsonObject { ["note"] = note.ToString() };
        return message;
    }

    private JsonObject WithoutConsent()
    {
        var message = _messages.Placed(1_803);
        message.Remove("consent");
        return message;
    }

    private JsonObject Poisoned()
    {
        var message = _messages.Lead(2_902);
        message["lead"]!["custom"] = new JsonObject { ["remark"] = $"the twin refuses whatever holds the word {Poison}" };
        return message;
    }

    /// <summary>Seconds where milliseconds are meant: valid JSON, and lost behind a 200 if it were sent.</summary>
    private JsonObject Misshapen()
    {
        var @event = _events.Version2(3_999);
        @event["context"]!["event_timestamp"] = 1_764_061_200;
        return @event;
    }

    private static IEnumerable<int> Range(int first, int count) => Enumerable.Range(first, count);

    private static string Line(JsonObject json) => json.ToJsonString(OneLine);
}

/// <summary>A file of the sample.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Source">The source system that it plays.</param>
/// <param name="Content">What is in it.</param>
internal sealed record DemoFile(string Path, string Source, string Content);
