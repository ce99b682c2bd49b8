namespace Cax.Simulator.Monitoring;

/// <summary>The 15-minute steps in which the Config API counts.</summary>
internal static class QuarterHour
{
    private const long Milliseconds = 15 * 60 * 1000;

    /// <returns>The start of the step, in epoch milliseconds.</returns>
    public static long Of(DateTimeOffset time)
    {
        var at = time.ToUnixTimeMilliseconds();
        return at - (at % Milliseconds);
    }
}
