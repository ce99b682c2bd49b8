using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Cax.Storage;

/// <summary>Private containers that are created when they are needed for the first time.</summary>
internal static class BlobContainers
{
    /// <summary>A container as messages name it. Behind a domain of one's own nobody knows the account.</summary>
    public static string Describe(this BlobContainerClient container) =>
        $"the blob container {container.Name} of {(container.AccountName.Length > 0 ? container.AccountName : container.Uri.Host)}";

    /// <summary>Does something that needs the container, and creates it if that is what is missing.</summary>
    public static async Task OnDemandAsync(this BlobContainerClient container, Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await container.CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellation);
            await work();
        }
    }
}
