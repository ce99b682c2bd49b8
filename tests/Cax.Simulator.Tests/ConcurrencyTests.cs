using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Two_hundred_requests_at_once_are_counted_exactly()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Faults = [new TwinFault { Status = 503, Count = 25 }] });
        var calls = Enumerable.Range(0, 200).Select(number =>
            twin.PostBatchAsync(Some.Batch(Some.LeadWithId($"a-{number}"), Some.LeadWithId($"b-{number}"), "{}")).StatusAsync());
        var statuses = await Task.WhenAll(calls);

        Assert.Equal(25, statuses.Count(status => status == 503));
        var summary = twin.Summary();
        Assert.Equal((200, 175, 175), (summary.Requests, summary.AcceptedRequests, summary.Batches));
        Assert.Equal((525, 350, 0), (summary.Events, summary.DistinctIds, summary.RepeatedIds));
        Assert.Equal((350, 175), (summary.Verdicts[Verdict.Valid], summary.Verdicts[Verdict.InvalidRejected]));
        Assert.Equal((175, 25), (summary.ByStatus[200], summary.ByStatus[503]));
        Assert.Equal((350, 175), (summary.ByEventName["generate_lead"], summary.ByEventName["(unnamed)"]));
        Assert.Equal((525, 200), (twin.Events().Count, twin.Requests().Count));
    }

    [Fact]
    public async Task Requests_are_listed_in_order_of_arrival_not_of_answer()
    {
        var delay = new TwinFault { Delay = TimeSpan.FromMilliseconds(300) };
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Faults = [delay] });
        var slow = twin.PostBatchAsync(Some.Batch(Some.Lead), "tc_s=1&token=k");
        await twin.NoFaultIsLeftAsync();
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(Some.Lead), "tc_s=2&token=k").StatusAsync());
        Assert.Equal(200, await slow.StatusAsync());
        Assert.Equal(["1", "2"], twin.Requests().Select(request => request.SiteId));
    }
}
