namespace Cax.Core.Reports.Health;

/// <summary>Brings the counts of this process into their store. Not to be called while it works.</summary>
public sealed class SentCountsWriter(SentCounts counts, ISentCountsStore store)
{
    /// <summary>Writes each quarter hour that changed. What cannot be written stays, and is written next time.</summary>
    /// <returns>What the storage complained of; null when everything is written.</returns>
    public async ValueTask<string?> WriteAsync(CancellationToken cancellation)
    {
        foreach (var quarter in counts.Changed())
        {
            try
            {
                await store.WriteAsync(quarter, cancellation);
            }
            catch (IOException e)
            {
                return e.Message;
            }

            counts.Written(quarter);
        }

        return null;
    }
}
