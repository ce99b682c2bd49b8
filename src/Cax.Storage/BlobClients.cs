using Azure.Core;
using Azure.Storage.Blobs;

namespace Cax.Storage;

/// <summary>How blob stores are talked to.</summary>
internal static class BlobClients
{
    /// <summary>
    /// Four tries within a few seconds: whoever is told that the store failed leaves the work where it is and has it again later, which is better than
    /// to hold it for minutes.
    /// </summary>
    public static BlobClientOptions Options() => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = 3,
            Delay = TimeSpan.FromSeconds(0.5),
            MaxDelay = TimeSpan.FromSeconds(5),
            NetworkTimeout = TimeSpan.FromSeconds(60),
        },
    };
}
