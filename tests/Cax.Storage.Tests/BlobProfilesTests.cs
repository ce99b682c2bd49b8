using Azure.Storage.Blobs;
using Cax.Core.Mapping.Profiles;
using Cax.Storage.Tests.Support;

namespace Cax.Storage.Tests;

public sealed class BlobProfilesTests(Azurite azurite) : IAsyncLifetime
{
    private readonly CountingPolicy _requests = new();
    private BlobContainerClient _container = null!;
    private BlobProfiles _profiles = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new BlobClientOptions();
        options.AddPolicy(_requests, Azure.Core.HttpPipelinePosition.PerCall);
        _container = await azurite.ContainerAsync(options);
        _profiles = new BlobProfiles(_container);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_container_that_is_not_there_has_none_and_is_not_made()
    {
        Assert.Empty((await ReadAsync())!);
        Assert.Null(await ReadAsync());
        Assert.False(await _container.ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Profiles_are_read_wherever_they_are_in_the_order_of_their_names_and_nothing_else_is()
    {
        await _container.CreateAsync();
        await PutAsync("b.profile.json", "{\"b\":1}");
        await PutAsync("shops/fr/a.PROFILE.json", "{\"a\":1}");
        await PutAsync("b.cases.json", "{}");
        await PutAsync("c.profile.json", "");

        var documents = await ReadAsync();

        Assert.Equal(
            [($"{_container.Name}/b.profile.json", "{\"b\":1}"), ($"{_container.Name}/c.profile.json", ""), ($"{_container.Name}/shops/fr/a.PROFILE.json", "{\"a\":1}")],
            documents!.Select(Text));
    }

    [Fact]
    public async Task Only_what_was_written_since_is_read_again()
    {
        await _container.CreateAsync();
        await PutAsync("a.profile.json", "1");
        await PutAsync("b.profile.json", "2");
        await PutAsync("c.profile.json", "3");
        await ReadAsync();
        await PutAsync("b.profile.json", "4");
        await _container.DeleteBlobAsync("c.profile.json");
        var before = _requests.Count;

        var changed = await ReadAsync();
        var requests = _requests.Count - before;

        Assert.Equal(["1", "4"], changed!.Select(document => Text(document).Content));
        Assert.Equal(2, requests);
        Assert.Null(await ReadAsync());
    }

    [Fact]
    public async Task Of_a_document_that_is_too_large_no_more_is_read_than_shows_it()
    {
        await _container.CreateAsync();
        await PutAsync("a.profile.json", new string(' ', ProfileDocument.MostBytes + 100));
        await PutAsync("b.profile.json", new string(' ', ProfileDocument.MostBytes));

        Assert.Equal([ProfileDocument.MostBytes + 1, ProfileDocument.MostBytes], (await ReadAsync())!.Select(document => document.Utf8.Length));
    }

    [Fact]
    public async Task Of_too_many_documents_one_more_is_read_than_can_be_used()
    {
        await _container.CreateAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, ProfileCatalog.MostDocuments + 5), async (i, _) => await PutAsync(FormattableString.Invariant($"{i:000}.profile.json"), "{}"));

        Assert.Equal(ProfileCatalog.MostDocuments + 1, (await ReadAsync())!.Count);
    }

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_a_failure_that_tells_no_secret()
    {
        var unreachable = new BlobProfiles(new BlobContainerClient(
            new Uri("http://127.0.0.1:1/account/profiles?sig=s3cret"), new BlobClientOptions { Retry = { MaxRetries = 0 } }));

        var failure = await Assert.ThrowsAsync<IOException>(() => unreachable.ReadAsync(CancellationToken.None));

        Assert.Contains("cannot be reached", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", failure.Message, StringComparison.Ordinal);
    }

    private Task<IReadOnlyList<ProfileDocument>?> ReadAsync() => _profiles.ReadAsync(TestContext.Current.CancellationToken);

    private async Task PutAsync(string name, string text) =>
        await _container.GetBlobClient(name).UploadAsync(BinaryData.FromString(text), overwrite: true, TestContext.Current.CancellationToken);

    private static (string Place, string Content) Text(ProfileDocument document) => (document.Place, System.Text.Encoding.UTF8.GetString(document.Utf8.Span));
}
