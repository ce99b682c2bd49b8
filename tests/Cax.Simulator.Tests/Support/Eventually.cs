namespace Cax.Simulator.Tests.Support;

internal static class Eventually
{
    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));

    /// <summary>Waits until the request that was just sent has arrived and taken the only waiting fault.</summary>
    public static Task NoFaultIsLeftAsync(this CaxTwin twin) =>
        TrueAsync(async () => (await twin.OrderAsync("[]").JsonAsync()).GetProperty("faults").GetInt32() == 0);

    private static async Task TrueAsync(Func<Task<bool>> condition)
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            if (await condition()) return;
            await Task.Delay(10);
        }

        Assert.Fail("did not come true within five seconds");
    }
}
