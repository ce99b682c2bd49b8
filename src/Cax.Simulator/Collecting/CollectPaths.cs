namespace Cax.Simulator.Collecting;

internal static class CollectPaths
{
    public const string Event = "/events";

    public const string Batch = "/events/batch";
}
