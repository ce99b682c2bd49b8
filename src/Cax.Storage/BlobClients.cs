using Azure.Core;
using Azure.Storage.Blobs;

namespace Cax.Storage;

/// <summary>How blob stores are talked to.</summary>
internal static class BlobClients
{
    /// <summary>
    /// Four tries within a few seconds, or within a minute and a half when the store does not answer at all: whoever is told that it failed leaves the
    /// work where it is and has it again later.
    /// </summary>
    public static BlobClientOptions Options() => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = 3,
            Delay = TimeSpan.FromSeconds(0.5),
            MaxDelay = TimeSpan.FromSeconds(5),
            NetworkTimeout = TimeSpan.FromSeconds(20),
        },
    };

    /// <summary>The account of a connection string; null when it is none.</summary>
    public static BlobServiceClient? OfConnectionString(string connection)
    {
        try
        {
            return new BlobServiceClient(connection, Options());
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
