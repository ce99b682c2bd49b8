using System.Text;
using Cax.Core.Batching;
using Cax.Core.Delivery;
using Cax.Core.Events;
using Record = Cax.Core.Sources.Record;

namespace Cax.Core.Tests.Batching;

public sealed class BatchPackerTests
{
    private static readonly LedgerRecord Nowhere = new(new LedgerDelivery(null!), new Record { Position = default });

    [Fact]
    public async Task A_hundred_thousand_random_sequences_are_packed_whole_in_order_within_limits_and_greedily()
    {
        var random = new Random(20_261_121);
        var texts = new[] { "a", "é", "ü", "漢", "😀", "\\u00e9", "\\\"" };
        var checkedBodies = 0;
        for (var sequence = 0; sequence < 100_000; sequence++)
        {
            var limits = new BatchLimits(random.Next(60, 400), random.Next(1, 12), BatchLimits.EnvelopeBytes);
            var largest = limits.MaxBytes - limits.FrameBytes;
            var events = Enumerable.Range(0, random.Next(0, 25)).Select(_ => MakeEvent(random, texts, largest)).ToList();

            var batches = Pack(limits, events);

            Assert.Equal(events, batches.SelectMany(batch => batch.Events));
            for (var i = 0; i < batches.Count; i++)
            {
                Assert.InRange(batches[i].Bytes, 0, limits.MaxBytes);
                Assert.InRange(batches[i].Events.Count, 1, limits.MaxEvents);
                if (i + 1 < batches.Count)
                {
                    // Greedy: the first event of the next batch would not have fitted into this one.
                    var next = batches[i + 1].Events[0].Event.Size;
                    Assert.True(batches[i].Events.Count == limits.MaxEvents || batches[i].Bytes + 1 + next > limits.MaxBytes);
                }
            }

            // Writing every body would take minutes and show nothing new.
            if (sequence % 50 == 0)
            {
                foreach (var batch in batches)
                {
                    var body = await BodyAsync(batch, DeliveryMode.Batch);
                    Assert.Equal(batch.Bytes, body.Length);
                    Assert.Equal("{\"batch\":[" + string.Join(',', batch.Events.Select(e => Encoding.UTF8.GetString(e.Event.Utf8.Span))) + "]}", Encoding.UTF8.GetString(body));
                    checkedBodies++;
                }
            }
        }

        Assert.True(checkedBodies > 1_000);
    }

    [Theory]
    [InlineData(499_999, 1)]
    [InlineData(500_000, 1)]
    [InlineData(500_001, 2)]
    public void The_limit_of_a_body_is_exact_to_the_byte(int total, int batches)
    {
        var limits = BatchLimits.Of(new BatchingOptions());
        var first = 20_000;
        var events = Enumerable.Repeat(first, 24).Append(total - 12 - (24 * (first + 1))).Select(Sized).ToList();

        Assert.Equal(batches, Pack(limits, events).Count);
    }

    [Fact]
    public void No_more_than_the_permitted_number_of_events_goes_into_a_batch()
    {
        var events = Enumerable.Range(0, 1_001).Select(_ => Sized(50)).ToList();

        Assert.Equal([500, 500, 1], Pack(BatchLimits.Of(new BatchingOptions()), events).Select(b => b.Events.Count));
    }

    [Fact]
    public void An_event_taken_out_of_the_open_batch_leaves_exact_sizes_behind()
    {
        var packer = new BatchPacker(BatchLimits.Of(new BatchingOptions()));
        var events = new[] { 100, 200, 300 }.Select(Sized).ToList();
        events.ForEach(e => packer.Add(e));

        Assert.True(packer.Remove(events[1]));
        Assert.False(packer.Remove(events[1]));
        Assert.Equal(12 + 100 + 1 + 300, packer.Close()!.Bytes);

        packer.Add(events[0]);
        Assert.True(packer.Remove(events[0]));
        Assert.Null(packer.Close());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(500)]
    [InlineData(499)]
    public void Halves_hold_every_event_once_and_know_their_size(int count)
    {
        var limits = BatchLimits.Of(new BatchingOptions());
        var batch = Assert.Single(Pack(limits, [.. Enumerable.Range(0, count).Select(i => Sized(20 + i))]));

        var (first, second) = batch.Halves(limits);

        Assert.Equal(batch.Events, first.Events.Concat(second.Events));
        Assert.InRange(first.Events.Count - second.Events.Count, 0, 1);
        Assert.Equal(batch.Bytes, first.Bytes + second.Bytes - 12 + 1);
    }

    [Fact]
    public async Task In_single_mode_the_body_is_the_event_itself()
    {
        var events = new[] { Sized(40), Sized(60) };

        var batches = Pack(BatchLimits.Single(100), events);

        Assert.Equal([40, 60], batches.Select(batch => batch.Bytes));
        Assert.Equal(events[1].Event.Utf8.ToArray(), await BodyAsync(batches[1], DeliveryMode.Single));
    }

    private static List<EventBatch> Pack(BatchLimits limits, IReadOnlyList<PendingEvent> events)
    {
        var packer = new BatchPacker(limits);
        var batches = events.Select(packer.Add).OfType<EventBatch>().ToList();
        if (packer.Close() is { } last)
        {
            batches.Add(last);
        }

        return batches;
    }

    private static async Task<byte[]> BodyAsync(EventBatch batch, DeliveryMode mode)
    {
        using var content = new BatchContent(batch, mode);
        return await content.ReadAsByteArrayAsync();
    }

    private static PendingEvent MakeEvent(Random random, string[] texts, int largest)
    {
        var size = random.Next(4) == 0 ? largest - random.Next(3) : random.Next(2, Math.Min(80, largest));
        var text = new StringBuilder("\"");
        var bytes = 2;
        while (bytes < size)
        {
            var piece = texts[random.Next(texts.Length)];
            var length = Encoding.UTF8.GetByteCount(piece);
            text.Append(bytes + length <= size ? piece : "x");
            bytes += bytes + length <= size ? length : 1;
        }

        return Pending(Encoding.UTF8.GetBytes(text.Append('"').ToString()));
    }

    private static PendingEvent Sized(int bytes) => Pending(Encoding.UTF8.GetBytes("\"" + new string('x', bytes - 2) + "\""));

    private static PendingEvent Pending(byte[] utf8) => new(new CaxEvent("custom", "", false, 0, utf8), Nowhere, 0, []);
}
