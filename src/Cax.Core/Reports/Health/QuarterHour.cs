namespace Cax.Core.Reports.Health;

/// <summary>The 15-minute steps in which the Config API counts (CAX reference 8.4), in UTC.</summary>
internal static class QuarterHour
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>The begin of the quarter hour in which a moment lies.</summary>
    public static DateTimeOffset Of(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Length.Ticks), TimeSpan.Zero);
}
