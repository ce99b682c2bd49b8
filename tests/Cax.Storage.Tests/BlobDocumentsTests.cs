using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Cax.Core.Documents;
using Cax.Core.Tests.Documents;
using Cax.Storage.Tests.Support;

namespace Cax.Storage.Tests;

public sealed class BlobDocumentsTests(Azurite azurite) : DocumentStoreContract, IAsyncLifetime
{
    private readonly CountingPolicy _requests = new();
    private BlobContainerClient _container = null!;

    protected override IDocumentStore Store => new BlobDocuments(_container);

    protected override IDocumentStore Unreachable => new BlobDocuments(new BlobContainerClient(
        new Uri("http://127.0.0.1:1/account/reports?sig=s3cret"), new BlobClientOptions { Retry = { MaxRetries = 0 } }));

    public async ValueTask InitializeAsync()
    {
        var options = new BlobClientOptions();
        options.AddPolicy(_requests, Azure.Core.HttpPipelinePosition.PerCall);
        _container = await azurite.ContainerAsync(options);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_container_is_private_and_a_report_opens_in_a_browser()
    {
        await WriteAsync("shop/orders.csv/report.html", "<p>");
        await Store.WriteAsync("shop/orders.csv/report.json", async (stream, stop) => await stream.WriteAsync("{}"u8.ToArray(), stop), CancellationToken.None);
        await Store.TryWriteAsync("state", "{}"u8.ToArray(), null, CancellationToken.None);

        Assert.Equal(PublicAccessType.None, (await _container.GetPropertiesAsync()).Value.PublicAccess ?? PublicAccessType.None);
        Assert.Equal(
            [("shop/orders.csv/report.html", "text/html; charset=utf-8"), ("shop/orders.csv/report.json", "application/json"), ("state", "application/octet-stream")],
            await _container.GetBlobsAsync().Select(blob => (blob.Name, blob.Properties.ContentType)).ToListAsync());
    }

    [Fact]
    public async Task What_is_written_without_waiting_arrives_too()
    {
        await Store.WriteAsync(
            "a",
            (stream, _) =>
            {
                stream.Write(new byte[5_000_000]);
                stream.WriteByte(7);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        await Store.WriteAsync(
            "b",
            async (stream, stop) =>
            {
                stream.Write(new byte[5_000_000]);
                await stream.WriteAsync(new byte[] { 8 }, stop);
            },
            CancellationToken.None);

        Assert.Equal((5_000_001, 7), await EndAsync("a"));
        Assert.Equal((5_000_001, 8), await EndAsync("b"));
    }

    [Fact]
    public async Task A_small_document_takes_one_request()
    {
        await WriteAsync("a", "1");
        var before = _requests.Requests.Count;

        await WriteAsync("b", "1");
        await Store.WriteAsync("c", async (stream, stop) => await stream.WriteAsync("1"u8.ToArray(), stop), CancellationToken.None);

        Assert.Equal(["PUT", "PUT"], _requests.Requests.Skip(before));
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_a_failure_that_tells_no_secret()
    {
        var failures = new[]
        {
            await Assert.ThrowsAsync<IOException>(() => Unreachable.ReadAsync("a", CancellationToken.None).AsTask()),
            await Assert.ThrowsAsync<IOException>(() => Unreachable.OpenAsync("a", CancellationToken.None).AsTask()),
            await Assert.ThrowsAsync<IOException>(() => Unreachable.DeleteAsync("a", CancellationToken.None).AsTask()),
            await Assert.ThrowsAsync<IOException>(() => Unreachable.ListAsync("a", CancellationToken.None).ToListAsync().AsTask()),
            await Assert.ThrowsAsync<IOException>(() => Unreachable.TryWriteAsync("a", default, null, CancellationToken.None).AsTask()),
            await Assert.ThrowsAsync<IOException>(() => Unreachable.WriteAsync("a", default(ReadOnlyMemory<byte>), CancellationToken.None).AsTask()),
            await Assert.ThrowsAsync<IOException>(() => Unreachable.WriteAsync("a", (_, _) => Task.CompletedTask, CancellationToken.None).AsTask()),
        };

        Assert.All(failures, failure => Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal));
        Assert.All(failures, failure => Assert.DoesNotContain("s3cret", failure.Message, StringComparison.Ordinal));
    }

    private async Task<(int Length, int Last)> EndAsync(string name)
    {
        var content = (await Store.ReadAsync(name, CancellationToken.None))!.Content;
        return (content.Length, content.Span[^1]);
    }
}
