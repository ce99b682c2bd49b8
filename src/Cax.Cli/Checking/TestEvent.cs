using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Sources;

namespace Cax.Cli.Checking;

/// <summary>One harmless event with a <c>test_code</c>, for which nobody has given consent, so that no destination uses it (CAX reference 3.4, 7.4).</summary>
internal sealed class TestEvent(DateTimeOffset now)
{
    public const string Name = "page_view";

    /// <summary>What to search for in CAX.</summary>
    public string Code { get; } = "cax-check-" + now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);

    /// <summary>Sends it as any other event is sent.</summary>
    public async Task<(RunResult Result, Outcome? Outcome)> SendAsync(CaxOptions options, TimeProvider time, CancellationToken cancellation)
    {
        Outcome? outcome = null;
        var delivery = new OneRecordDelivery("test event", "cax-check", Destination.DefaultName, now, Record(), (settled, _) =>
        {
            outcome = settled;
            return ValueTask.CompletedTask;
        });
        var setup = new PipelineSetup(options, new RecordMapper(options.Mapping), new NoDeadLetters(), http: null, time);
        var result = await new EventPipeline(setup, new RunOptions()).RunAsync(
            new SourceDelivery[] { delivery }.ToAsyncEnumerable(), cancellation);
        return (result, outcome);
    }

    private Record Record()
    {
        var id = Guid.CreateVersion7(now).ToString();
        var timestamp = now.ToUnixTimeMilliseconds();
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("event_name", Name);
            json.WriteString("page_type", "connection_test");
            json.WriteString("test_code", Code);
            json.WriteStartObject("user");
            json.WriteString("consistent_anonymous_id", "cax-check");
            json.WriteStartArray("consent_categories");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartObject("context");
            json.WriteString("event_id", id);
            json.WriteNumber("event_timestamp", timestamp);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        var utf8 = bytes.WrittenMemory;
        return new Record
        {
            Position = new RecordPosition(1, 1, 0, utf8.Length),
            Utf8 = utf8,
            Event = new CaxEvent(Name, id, IdSupplied: true, timestamp, utf8),
        };
    }
}
