using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Cax.Core.DeadLetters;
using Cax.Core.Tests.Support;

namespace Cax.Storage.Tests;

/// <summary>An address at which something else answers, such as a web page or a proxy that wants to be logged in to.</summary>
public sealed class NoBlobStoreTests : IDisposable
{
    private const string Expected = "what answers there is no blob store; check the address";

    private readonly TestClock _clock = new();
    private readonly AnsweringHandler _page = new((_, _) => Task.FromResult(
        new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html><body>Hello</body></html>") }));
    private readonly BlobContainerClient _container;

    public NoBlobStoreTests() => _container = new BlobContainerClient(
        new Uri("https://shop.example/dead-letter?sig=s3cret"),
        new BlobClientOptions { Transport = new HttpClientTransport(_page), Retry = { MaxRetries = 0 } });

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task Reading_dead_letters_there_says_so()
    {
        var failure = await Assert.ThrowsAsync<IOException>(async () =>
            await new BlobDeadLetterStore(_container, _clock).ReadAsync(CancellationToken.None).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal($"the blob container dead-letter of shop.example: {Expected}", failure.Message);
    }

    [Fact]
    public async Task Reading_a_blob_there_says_so()
    {
        await using var stream = new BlobRangeStream(_container.GetBlobBaseClient("a.ndjson"), version: null);

        var failure = await Assert.ThrowsAsync<IOException>(async () => await stream.BeginAsync(CancellationToken.None));

        Assert.EndsWith(Expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_parked_there()
    {
        await Assert.ThrowsAsync<IOException>(async () => await new BlobDeadLetterStore(_container, _clock).Begin().WriteAsync(
            [new DeadLetter
            {
                Name = "29/refused/2026/11/21/abcd-1",
                Reason = "refused",
                Detail = "refused",
                Origin = new DeadLetterOrigin("shop", "a.ndjson", 1, 1, 0, 2, _clock.UtcNow),
                Destination = "default",
            }],
            CancellationToken.None));
    }
}
