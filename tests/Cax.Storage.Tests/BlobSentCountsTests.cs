using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Cax.Core.Reports.Health;
using Cax.Core.Tests.Reports.Health;
using Cax.Core.Tests.Support;
using Cax.Storage.Tests.Support;

namespace Cax.Storage.Tests;

public sealed class BlobSentCountsTests(Azurite azurite) : SentCountsStoreContract, IAsyncLifetime
{
    private BlobContainerClient _container = null!;

    protected override ISentCountsStore Store => new BlobSentCounts(_container);

    public async ValueTask InitializeAsync() => _container = await azurite.ContainerAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_container_is_private_and_holds_a_document_for_each_process_and_quarter_hour()
    {
        await Store.WriteAsync(Empty("a"), CancellationToken.None);
        await Store.WriteAsync(Empty("b"), CancellationToken.None);
        await Store.WriteLookAsync(
            new SourceLook("Outlet", "41", TestClock.Morning, null, new Dictionary<DateTimeOffset, IReadOnlyDictionary<string, Core.Delivery.CollectedCount>>()),
            CancellationToken.None);

        var names = new List<string>();
        await foreach (var blob in _container.GetBlobsAsync())
        {
            names.Add(blob.Name);
        }

        Assert.Equal(["2026/11/21/0900/a.json", "2026/11/21/0900/b.json", "looks/outlet.json"], names);
        Assert.Equal(PublicAccessType.None, (await _container.GetPropertiesAsync()).Value.PublicAccess ?? PublicAccessType.None);
    }

    [Fact]
    public async Task A_container_that_is_not_there_yet_holds_nothing()
    {
        Assert.Empty((await Store.ReadAsync(TestClock.Morning, CancellationToken.None)).Processes);
        Assert.Null(await Store.ReadLookAsync("default", CancellationToken.None));
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_a_failure_that_tells_no_secret()
    {
        var unreachable = new BlobSentCounts(new BlobContainerClient(
            new Uri("http://127.0.0.1:1/account/accounts?sig=s3cret"), new BlobClientOptions { Retry = { MaxRetries = 0 } }));

        var failures = new[]
        {
            await Assert.ThrowsAsync<IOException>(() => unreachable.WriteAsync(Empty("a"), CancellationToken.None).AsTask()),
            await Assert.ThrowsAsync<IOException>(() => unreachable.ReadAsync(TestClock.Morning, CancellationToken.None).AsTask()),
            await Assert.ThrowsAsync<IOException>(() => unreachable.ReadLookAsync("default", CancellationToken.None).AsTask()),
        };

        Assert.All(failures, failure => Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal));
        Assert.All(failures, failure => Assert.DoesNotContain("s3cret", failure.Message, StringComparison.Ordinal));
    }

    protected override async Task PutAsync(string name, byte[] document) =>
        await _container.GetBlobClient(name + ".json").UploadAsync(BinaryData.FromBytes(document));

    private static SentQuarter Empty(string instance) => new(TestClock.Morning, instance, new Dictionary<string, SentToDestination>());
}
