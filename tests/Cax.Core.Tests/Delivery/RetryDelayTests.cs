using System.Net.Http.Headers;
using Cax.Core.Delivery;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Delivery;

public sealed class RetryDelayTests
{
    private static readonly DateTimeOffset Now = TestClock.Morning;

    [Fact]
    public void Back_off_doubles_up_to_its_cap_and_is_a_random_part_of_that()
    {
        var first = TimeSpan.FromMilliseconds(500);
        var cap = TimeSpan.FromSeconds(20);

        Assert.Equal([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000],
            Enumerable.Range(0, 8).Select(attempt => RetryDelay.Backoff(attempt, first, cap, 1).TotalMilliseconds));
        Assert.Equal(TimeSpan.Zero, RetryDelay.Backoff(3, first, cap, 0));
        Assert.Equal(TimeSpan.FromSeconds(10), RetryDelay.Backoff(int.MaxValue, first, cap, 0.5));
    }

    [Fact]
    public void Back_off_never_leaves_its_bounds()
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var first = TimeSpan.FromMilliseconds(random.Next(1, 10_000));
            var cap = TimeSpan.FromMilliseconds(random.Next(1, 100_000));
            Assert.InRange(RetryDelay.Backoff(random.Next(0, 2_000), first, cap, random.NextDouble()), TimeSpan.Zero, cap);
        }
    }

    [Theory]
    [InlineData("5", 5)]
    [InlineData("86400", 86_400)]
    [InlineData("Sat, 21 Nov 2026 09:00:30 GMT", 30)]
    [InlineData("0", null)]
    [InlineData("86401", null)]
    [InlineData("Sat, 21 Nov 2026 09:00:00 GMT", null)]
    [InlineData("Fri, 20 Nov 2026 09:00:00 GMT", null)]
    [InlineData("Sat, 21 Nov 2037 09:00:00 GMT", null)]
    public void A_wish_is_followed_unless_it_is_zero_past_or_absurd(string header, int? seconds)
    {
        var wish = RetryDelay.Wished(RetryConditionHeaderValue.Parse(header), Now);

        Assert.Equal(seconds, wish is { } span ? (int)span.TotalSeconds : null);
    }

    [Fact]
    public void Without_a_header_there_is_no_wish() => Assert.Null(RetryDelay.Wished(null, Now));
}
