using System.Globalization;

namespace Cax.Simulator.Monitoring;

internal static class IsoTime
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
