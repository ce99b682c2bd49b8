using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace CaxFunctions.Tests.Support;

/// <summary>A real blob, of which one step fails as none should, with a text that holds everything.</summary>
internal sealed class BuggyBlob(BlobClient blob, string connection, BuggyBlob.Step step) : BlobClient(connection, blob.BlobContainerName, blob.Name)
{
    public enum Step
    {
        None,
        Finding,
        Reading,
        Deleting,
    }

    public override Task<Response<BlobProperties>> GetPropertiesAsync(
        BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        step == Step.Finding ? throw Bug() : base.GetPropertiesAsync(conditions, cancellationToken);

    public override Task<Response<BlobDownloadStreamingResult>> DownloadStreamingAsync(
        BlobDownloadOptions? options = null, CancellationToken cancellationToken = default) =>
        step == Step.Reading ? throw Bug() : base.DownloadStreamingAsync(options, cancellationToken);

    public override Task<Response<bool>> DeleteIfExistsAsync(
        DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None, BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        step == Step.Deleting ? throw Bug() : base.DeleteIfExistsAsync(snapshotsOption, conditions, cancellationToken);

    private static InvalidCastException Bug() => new(Secret.Everything, new RequestFailedException(418, Secret.Everything));
}
