using System.Net.Http.Headers;

namespace Cax.Core.Delivery;

/// <summary>How long to wait before the next try: what the endpoint asks for, else exponential back-off with full jitter.</summary>
internal static class RetryDelay
{
    /// <summary>A longer wish is absurd and not followed.</summary>
    public static readonly TimeSpan LongestWish = TimeSpan.FromDays(1);

    /// <summary>The wish of a <c>Retry-After</c> header; null when there is none that can be followed (zero, past or absurd).</summary>
    public static TimeSpan? Wished(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wish = header?.Delta ?? (header?.Date - now);
        return wish > TimeSpan.Zero && wish <= LongestWish ? wish : null;
    }

    /// <summary>A random part of <paramref name="first"/> doubled <paramref name="attempt"/> times, at most of <paramref name="cap"/>.</summary>
    public static TimeSpan Backoff(int attempt, TimeSpan first, TimeSpan cap, double chance)
    {
        // Beyond 2^30 the cap has long taken over; a larger power would overflow.
        var most = Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30)), cap.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(most * chance);
    }
}
