using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cax.Core.Mapping;
using Cax.Core.Reports;

namespace Cax.Cli.Output;

/// <summary>The accounts as one JSON object on one line.</summary>
internal static class AccountsJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The accounts of a run that did not begin.</summary>
    public static readonly Accounts Nothing = new()
    {
        Records = new Tally(0, 0, 0, 0, 0),
        Events = new Tally(0, 0, 0, 0, 0),
        Requests = 0,
        Batches = 0,
        Bytes = 0,
        BatchFill = 0,
        Reasons = new Dictionary<string, long>(),
        Warnings = new Dictionary<string, long>(),
        Profiles = new Dictionary<ProfileChoice, long>(),
        SettlementFailures = 0,
    };

    /// <summary>Prints the object.</summary>
    /// <param name="console">Where it goes.</param>
    /// <param name="accounts">What is told.</param>
    /// <param name="complete">Whether every input was read to its end.</param>
    /// <param name="more">Writes further members at the end.</param>
    public static void Print(CliConsole console, Accounts accounts, bool complete, Action<Utf8JsonWriter>? more = null) => Print(console, json =>
    {
        json.WriteNumber("read", accounts.Records.Total);
        WriteOutcomes(json, accounts.Records);
        json.WriteBoolean("complete", complete);
        json.WriteStartObject("events");
        json.WriteNumber("mapped", accounts.Events.Total);
        WriteOutcomes(json, accounts.Events);
        json.WriteEndObject();
        json.WriteNumber("requests", accounts.Requests);
        json.WriteNumber("batches", accounts.Batches);
        json.WriteNumber("bytes", accounts.Bytes);
        json.WriteNumber("batchFill", accounts.BatchFill);
        json.WriteStartObject("reasons");
        foreach (var (reason, count) in accounts.Reasons)
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
        json.WriteStartObject("profiles");
        foreach (var profile in accounts.Profiles.GroupBy(pair => pair.Key.Name))
        {
            json.WriteStartObject(profile.Key);
            foreach (var (choice, count) in profile)
            {
                json.WriteNumber(choice.By.Name(), count);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        more?.Invoke(json);
    });

    /// <summary>Prints an object with the members that <paramref name="write"/> writes.</summary>
    public static void Print(CliConsole console, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        console.Out.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteOutcomes(Utf8JsonWriter json, Tally tally)
    {
        json.WriteNumber("sent", tally.Sent);
        json.WriteNumber("deadLettered", tally.DeadLettered);
        json.WriteNumber("skipped", tally.Skipped);
        json.WriteNumber("returned", tally.Returned);
    }
}
