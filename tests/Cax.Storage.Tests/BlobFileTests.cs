using System.Text;
using Azure.Core;
using Azure.Storage.Blobs;
using Cax.Core.Delivery;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using Cax.Storage.Tests.Support;
using Record = Cax.Core.Sources.Record;

namespace Cax.Storage.Tests;

public sealed class BlobFileTests(Azurite azurite) : IAsyncLifetime
{
    private readonly CountingPolicy _requests = new();
    private BlobContainerClient _container = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(_requests, HttpPipelinePosition.PerCall);
        _container = await azurite.ContainerAsync(options);
        await _container.CreateAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_large_file_is_read_in_ranges_and_arrives_completely()
    {
        var blob = await UploadAsync("2026/orders.ndjson", Lines(30_000));

        var file = (await BlobFile.FindAsync(blob, CancellationToken.None))!;
        var records = await RecordsAsync(file);

        Assert.InRange(file.Length, 5_000_000, 12_000_000);
        Assert.Equal(30_000, records.Count);
        Assert.Equal((30_000L, null), (records[^1].Position.Line, records[^1].Fault));
        Assert.Equal((file.Length + BlobRangeStream.DefaultRangeBytes - 1) / BlobRangeStream.DefaultRangeBytes, _requests.Count("GET"));
    }

    [Fact]
    public async Task It_is_known_by_its_address_and_version_and_the_time_of_that_version()
    {
        var blob = await UploadAsync("2026/orders.ndjson", "{}\n");
        var first = (await BlobFile.FindAsync(blob, CancellationToken.None))!;
        var again = (await BlobFile.FindAsync(_container.GetBlobClient("2026/orders.ndjson"), CancellationToken.None))!;
        await UploadAsync("2026/orders.ndjson", "{}\n");
        var changed = (await BlobFile.FindAsync(blob, CancellationToken.None))!;

        Assert.Equal(_container.Name + "/2026/orders.ndjson", first.Name);
        Assert.StartsWith(blob.Uri.AbsoluteUri + " ", first.Identity, StringComparison.Ordinal);
        Assert.Equal((first.Identity, first.ReceivedAt), (again.Identity, again.ReceivedAt));
        Assert.NotEqual(first.Identity, changed.Identity);
        var delivery = StreamDelivery.Of(first.Source, new SourceOptions { Name = "shop" }, "second", ProfileCatalog.BuiltIn);
        Assert.Equal(
            (first.Name, first.Identity, first.ReceivedAt, "shop", "second"),
            (delivery.Name, delivery.Identity, delivery.ReceivedAt, delivery.SourceName, delivery.Destination));
    }

    [Fact]
    public async Task A_secret_in_the_address_is_no_part_of_the_identity()
    {
        var blob = await UploadAsync("a.ndjson", "{}\n");
        var sas = new BlobClient(((BlobClient)blob).GenerateSasUri(Azure.Storage.Sas.BlobSasPermissions.Read, DateTimeOffset.UtcNow.AddHours(1)));

        var file = (await BlobFile.FindAsync(sas, CancellationToken.None))!;

        Assert.Single(await RecordsAsync(file));
        Assert.DoesNotContain("sig=", file.Identity, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overwritten_while_it_is_read_it_breaks_off_and_never_mixes_versions()
    {
        var blob = await UploadAsync("a.ndjson", Lines(30_000));
        var file = (await BlobFile.FindAsync(blob, CancellationToken.None))!;
        var records = new List<Record>();

        var failure = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var record in StreamDelivery.Of(file.Source, new SourceOptions(), Destination.DefaultName, ProfileCatalog.BuiltIn).ReadAsync(CancellationToken.None))
            {
                if (records.Count == 0)
                {
                    await UploadAsync("a.ndjson", Lines(30_000, "other"));
                }

                records.Add(record);
            }
        });

        Assert.Contains("was changed or deleted while it was read", failure.Message, StringComparison.Ordinal);
        Assert.InRange(records.Count, 1_000, 29_999);
        Assert.DoesNotContain(records, record => Encoding.UTF8.GetString(record.Utf8.Span).Contains("other", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deleted_while_it_is_read_it_breaks_off()
    {
        var blob = await UploadAsync("a.ndjson", Lines(30_000));
        var file = (await BlobFile.FindAsync(blob, CancellationToken.None))!;
        await blob.DeleteAsync();

        var failure = await Assert.ThrowsAsync<IOException>(() => RecordsAsync(file));

        Assert.Contains("was changed or deleted while it was read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_that_fails_while_it_is_read_is_an_io_exception_without_an_address()
    {
        var blob = await UploadAsync("a.ndjson", Lines(30_000));
        var file = (await BlobFile.FindAsync(blob, CancellationToken.None))!;
        _requests.Before = message => message.Request.Method == RequestMethod.Get
            ? throw new HttpRequestException("http://secret.example?sig=1")
            : Task.CompletedTask;

        var failure = await Assert.ThrowsAsync<IOException>(() => RecordsAsync(file));

        Assert.Contains("the connection failed", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sig", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_says_that_it_is_empty()
    {
        var file = (await BlobFile.FindAsync(await UploadAsync("a.ndjson", ""), CancellationToken.None))!;

        Assert.Equal("empty_input", Assert.Single(await RecordsAsync(file)).Fault!.Reason);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_none() =>
        Assert.Null(await BlobFile.FindAsync(_container.GetBlobClient("nothing"), CancellationToken.None));

    private static string Lines(int count, string note = "first") =>
        string.Concat(Enumerable.Range(0, count).Select(i => Leads.Event(Leads.Id(i), $"\"note\":\"{note}\",") + "\n"));

    private static async Task<List<Record>> RecordsAsync(BlobFile file) =>
        await StreamDelivery.Of(file.Source, new SourceOptions(), Destination.DefaultName, ProfileCatalog.BuiltIn).ReadAsync(CancellationToken.None).ToListAsync();

    private async Task<BlobClient> UploadAsync(string name, string text)
    {
        var blob = _container.GetBlobClient(name);
        await blob.UploadAsync(BinaryData.FromString(text), overwrite: true);
        return blob;
    }
}
