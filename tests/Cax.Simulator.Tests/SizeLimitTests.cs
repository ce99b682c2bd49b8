using System.Text;
using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

public sealed class SizeLimitTests
{
    [Theory]
    [InlineData(32_000, 200)]
    [InlineData(32_001, 400)]
    public async Task A_single_event_may_have_32000_bytes(int bytes, int status)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(status, await twin.PostEventAsync(Some.LeadOf(bytes)).StatusAsync());
        Assert.Equal(bytes, twin.Summary().LargestBody);
        Assert.Equal(status == 200 ? bytes : 0, twin.Summary().LargestEvent);
    }

    [Fact]
    public async Task White_space_around_a_single_event_counts_because_the_limit_is_on_the_request()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(400, await twin.PostEventAsync(" " + Some.LeadOf(32_000)).StatusAsync());
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(" " + Some.LeadOf(32_000))).StatusAsync());
    }

    [Theory]
    [InlineData(32_000, 200)]
    [InlineData(32_001, 400)]
    public async Task An_event_in_a_batch_may_have_32000_bytes(int bytes, int status)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(status, await twin.PostBatchAsync(Some.Batch(Some.LeadOf(bytes), Some.Purchase)).StatusAsync());
        Assert.Equal(status == 200 ? 2 : 0, twin.Summary().Events);
    }

    [Fact]
    public async Task An_oversized_event_can_be_dropped_behind_a_200_instead()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { OversizedEvent = OversizedEvent.DropEvent });
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(Some.LeadOf(32_001), Some.Purchase)).StatusAsync());
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(Some.LeadOf(32_001))).StatusAsync());
        var summary = twin.Summary();
        Assert.Equal((1, 2, 1), (summary.Events, summary.Dropped, summary.AcceptedRequests));
    }

    [Theory]
    [InlineData(500_000, 200)]
    [InlineData(500_001, 400)]
    public async Task A_batch_may_have_500000_bytes(int bytes, int status)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var events = Enumerable.Range(0, 15).Select(number => Some.LeadOf(32_000, $"id-{number}")).ToList();
        var rest = bytes - Encoding.UTF8.GetByteCount(Some.Batch([.. events])) - 1;
        var body = Some.Batch([.. events, Some.LeadOf(rest)]);
        Assert.Equal(bytes, Encoding.UTF8.GetByteCount(body));

        Assert.Equal(status, await twin.PostBatchAsync(body).StatusAsync());
        Assert.Equal(status == 200 ? 16 : 0, twin.Summary().Events);
        Assert.Equal(bytes, twin.Summary().LargestBody);
    }

    [Fact]
    public async Task The_sender_of_a_body_of_megabytes_gets_its_answer_and_no_reset()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(400, await twin.PostBatchAsync(new string(' ', 5_000_000)).StatusAsync());
        Assert.Equal("body_too_large", Assert.Single(twin.Requests()).Reason);
        Assert.Equal(5_000_000, twin.Summary().LargestBody);
    }

    [Fact]
    public async Task The_limits_can_be_set()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { MaxBatchBytes = 1_100, MaxEventBytes = 1_000 });
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(Some.LeadOf(1_000))).StatusAsync());
        Assert.Equal(400, await twin.PostBatchAsync(Some.Batch(Some.LeadOf(1_001))).StatusAsync());
        Assert.Equal(400, await twin.PostBatchAsync(Some.Batch(Some.LeadOf(600), Some.LeadOf(600))).StatusAsync());
    }
}
