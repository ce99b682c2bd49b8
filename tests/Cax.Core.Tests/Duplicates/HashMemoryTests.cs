using Cax.Core.Duplicates;

namespace Cax.Core.Tests.Duplicates;

public sealed class HashMemoryTests
{
    [Fact]
    public void A_hash_is_known_from_its_second_time_on()
    {
        var memory = new HashMemory(10);

        Assert.False(memory.Contains(7));
        Assert.False(memory.IsKnown(7));
        Assert.True(memory.IsKnown(7));
        Assert.True(memory.Contains(7));
        Assert.False(memory.IsKnown(0));
        Assert.True(memory.IsKnown(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(5_000)]
    public void The_oldest_is_forgotten_and_it_agrees_with_a_plain_queue(int most)
    {
        var memory = new HashMemory(most);
        var queue = new Queue<ulong>();
        var known = new HashSet<ulong>();
        var random = new Random(most);
        for (var i = 0; i < 40_000; i++)
        {
            // Hashes that share their low bits, too, so that places in the table are fought for.
            var hash = (ulong)random.NextInt64(1, most * 3L) << (random.Next(3) * 20);
            Assert.Equal(!known.Add(hash), memory.IsKnown(hash));
            if (queue.Count == 0 || known.Count > queue.Count)
            {
                queue.Enqueue(hash);
            }

            if (queue.Count > most)
            {
                known.Remove(queue.Dequeue());
            }

            Assert.Equal(known.Contains(hash + 1), memory.Contains(hash + 1));
        }
    }

    [Fact]
    public void Two_million_are_remembered_in_48_megabytes()
    {
        const int Most = 2_000_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var memory = new HashMemory(Most);
        var random = new Random(5);
        for (var i = 0; i < Most + 100_000; i++)
        {
            _ = memory.IsKnown((ulong)random.NextInt64());
        }

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;

        random = new Random(5);
        var forgotten = 0;
        for (var i = 0; i < Most + 100_000; i++)
        {
            forgotten += memory.Contains((ulong)random.NextInt64()) ? 0 : 1;
        }

        Assert.Equal(100_000, forgotten);
        Assert.InRange(held, 0, 60_000_000);
    }
}
