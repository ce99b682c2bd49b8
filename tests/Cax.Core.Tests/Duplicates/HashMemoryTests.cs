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

    [Fact]
    public void Two_million_are_remembered_in_56_megabytes()
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
        GC.KeepAlive(memory);

        Assert.InRange(held, 50_000_000, 60_000_000);
    }
}
