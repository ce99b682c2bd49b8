using Cax.Core.Duplicates;

namespace Cax.Core.Tests.Duplicates;

public sealed class HashMemoryTests
{
    [Fact]
    public void A_hash_is_known_from_its_second_time_on()
    {
        var memory = new HashMemory(10);

        Assert.False(memory.IsKnown(7));
        Assert.True(memory.IsKnown(7));
        Assert.False(memory.IsKnown(0));
        Assert.True(memory.IsKnown(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    [InlineData(5_000)]
    public void The_oldest_is_forgotten(int most)
    {
        var memory = new HashMemory(most);
        for (var hash = 0; hash <= most; hash++)
        {
            Assert.False(memory.IsKnown((ulong)hash));
        }

        for (var hash = 1; hash <= most; hash++)
        {
            Assert.True(memory.IsKnown((ulong)hash));
        }

        Assert.False(memory.IsKnown(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    [InlineData(3_000)]
    public void It_remembers_what_a_set_and_a_queue_would(int most)
    {
        var memory = new HashMemory(most);
        var random = new Random(most);
        var (known, order) = (new HashSet<ulong>(), new Queue<ulong>());
        for (var i = 0; i < 60_000; i++)
        {
            var hash = (ulong)random.Next(2 * most) * 0x9E37_79B9_7F4A_7C15;

            var isNew = known.Add(hash);
            Assert.Equal(!isNew, memory.IsKnown(hash));
            if (isNew)
            {
                order.Enqueue(hash);
            }

            if (order.Count > most)
            {
                known.Remove(order.Dequeue());
            }
        }
    }

    [Fact]
    public void Two_million_are_remembered_in_36_megabytes()
    {
        const int Most = 2_000_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var memory = new HashMemory(Most);
        var random = new Random(5);
        for (var i = 0; i < Most + 100_000; i++)
        {
            _ = memory.IsKnown((ulong)random.NextInt64(long.MinValue, long.MaxValue));
        }

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(memory);

        Assert.InRange(held, 35_000_000, 38_000_000);
    }
}
