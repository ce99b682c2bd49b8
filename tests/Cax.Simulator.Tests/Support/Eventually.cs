namespace Cax.Simulator.Tests.Support;

internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 500 && !condition(); attempt++) await Task.Delay(10);
        Assert.True(condition(), "did not come true within five seconds");
    }
}
