namespace Cax.Simulator.Tests.Support;

/// <summary>What the twin makes of one batch, at a fixed time.</summary>
internal static class Recorded
{
    public static async Task<IReadOnlyList<ReceivedEvent>> Async(params string[] events)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { TimeProvider = new FixedClock(Some.Noon) });
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(events)).StatusAsync());
        return twin.Events();
    }
}
