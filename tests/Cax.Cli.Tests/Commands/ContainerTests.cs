using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using Cax.Cli.Tests.Support;
using Cax.Simulator;
using Cax.Storage.Tests.Support;

namespace Cax.Cli.Tests.Commands;

/// <summary>A blob container in the place of a directory.</summary>
public sealed class ContainerTests(Azurite azurite) : IDisposable
{
    private readonly Folder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_parked_in_a_container_is_replayed_until_everything_arrived(bool withSas)
    {
        var container = await azurite.ContainerAsync();
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Terminal.For(twin.Url);
        var place = await PlaceAsync(cli, container, withSas);
        var file = _folder.File("a.ndjson", [.. Enumerable.Range(0, 60).Select(i => Messages.Lead($"{i}", consent: i % 3 != 0))]);

        var sent = await cli.RunAsync("send", file, "--dead-letters", place);
        cli["Cax__Consent__Policy"] = "omit";
        var dry = await cli.RunAsync("replay", place, "--dry-run", "--json");
        var replayed = await cli.RunAsync("replay", place, "--json");
        var again = await cli.RunAsync("replay", place, "--json");

        Assert.Equal(ExitCode.Parked, sent.Exit);
        Assert.Contains("What was parked lies in " + container.Uri, sent.Out, StringComparison.Ordinal);
        Assert.Equal((0, 20), (dry.Exit, dry.Number("sent")));
        Assert.Equal((0, 20), (replayed.Exit, replayed.Number("sent")));
        Assert.Equal((0, 0, 20), (again.Exit, again.Number("sent"), again.Number("reasons", "already_sent")));
        Assert.Equal((60, 60), (twin.Summary().Events, twin.Summary().DistinctIds));
        Assert.All(new[] { sent, dry, replayed, again }, result => Assert.DoesNotContain("sig=", result.Out + result.Error, StringComparison.Ordinal));
        Assert.Equal(
            [".ndjson", ".replays", "repair.ndjson"],
            await container.GetBlobsAsync().Select(blob => blob.Name.EndsWith("/repair.ndjson", StringComparison.Ordinal) ? "repair.ndjson" : Path.GetExtension(blob.Name))
                .Where(ending => ending.Length > 0).ToListAsync());
    }

    [Fact]
    public async Task The_setting_takes_an_address_like_the_option()
    {
        var container = await azurite.ContainerAsync();
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Terminal.For(twin.Url);
        cli["Cax__DeadLetters__Directory"] = await PlaceAsync(cli, container, withSas: false);

        var sent = await cli.RunAsync("send", _folder.File("a.ndjson", Messages.Lead("1"), "{"));

        Assert.Equal(ExitCode.Parked, sent.Exit);
        Assert.Contains("\"reason\":\"malformed_json\"", await TextAsync(container), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_nobody_answers_at_is_told_at_once_and_what_is_bad_stays_in_its_source()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var cli = Terminal.For(twin.Url);

        var result = await cli.RunAsync(
            "send", _folder.File("a.ndjson", Messages.Lead("1"), Messages.Lead("2", consent: false)), "--dead-letters", "http://127.0.0.1:1/shop/dead-letter?sig=s3cret", "--json");

        Assert.Equal((ExitCode.Destination, 1, 1), (result.Exit, result.Number("sent"), result.Number("reasons", "dead_letters_unavailable")));
        Assert.Contains("warning: http://127.0.0.1:1/shop/dead-letter: nothing can be parked there", result.Error, StringComparison.Ordinal);
        Assert.Contains("the store cannot be reached", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_from_a_store_nobody_answers_at_does_nothing_and_says_why()
    {
        var result = await Terminal.For(new Uri("http://127.0.0.1:1")).RunAsync("replay", "http://127.0.0.1:1/shop/dead-letter?sig=s3cret", "--json");

        Assert.Equal((ExitCode.Destination, false), (result.Exit, result.Json.GetProperty("complete").GetBoolean()));
        Assert.Contains("http://127.0.0.1:1/shop/dead-letter: cannot be read.", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_is_not_there_is_told()
    {
        var cli = new Terminal();

        var result = await cli.RunAsync("replay", await PlaceAsync(cli, await azurite.ContainerAsync(), withSas: false), "--dry-run");

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.Contains("no such container", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://shop.blob.core.windows.net/?sig=s3cret", "must name a container")]
    [InlineData("ftp://shop.example/dead-letter?sig=s3cret", "is not the https address of a blob container")]
    [InlineData("https:/shop.blob.core.windows.net/dead-letter?sig=s3cret", "is not the https address of a blob container")]
    [InlineData("shop.blob.core.windows.net/dead-letter?sv=1&sig=s3cret", "is not the https address of a blob container")]
    [InlineData("http://127.0.0.1:10000/shop/dead-letter", "AZURE_STORAGE_CONNECTION_STRING")]
    public async Task An_address_that_cannot_be_used_is_told_before_anything_is_done(string address, string expected)
    {
        var cli = Terminal.For(new Uri("http://127.0.0.1:1"));

        var send = await cli.RunAsync("send", _folder.File("a.ndjson", Messages.Lead("1")), "--dead-letters", address);
        var replay = await cli.RunAsync("replay", address);

        Assert.Equal((ExitCode.Usage, ExitCode.Usage), (send.Exit, replay.Exit));
        Assert.Contains(expected, send.Error, StringComparison.Ordinal);
        Assert.Contains(expected, replay.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", send.Error + replay.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("send", "https://shop.blob.core.windows.net/exports/a.ndjson?sv=1&sig=s3cret%3D&se=2")]
    [InlineData("send", "a.ndjson?sig=s3cret")]
    [InlineData("validate", "https://shop.blob.core.windows.net/exports/a.ndjson?sig=s3cret")]
    [InlineData("check", "https://shop.blob.core.windows.net/exports?sig=s3cret")]
    public async Task An_address_in_the_wrong_place_is_told_without_its_secret(string command, string address)
    {
        var result = await Terminal.For(new Uri("http://127.0.0.1:1")).RunAsync(command, address);

        Assert.Equal(ExitCode.Usage, result.Exit);
        Assert.NotEmpty(result.Error);
        Assert.DoesNotContain("s3cret", result.Out + result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> PlaceAsync(Terminal cli, BlobContainerClient container, bool withSas)
    {
        if (withSas)
        {
            // Such a SAS may not create the container.
            await container.CreateAsync();
            return container.GenerateSasUri(
                BlobContainerSasPermissions.Read | BlobContainerSasPermissions.Write | BlobContainerSasPermissions.Add | BlobContainerSasPermissions.Create | BlobContainerSasPermissions.List,
                DateTimeOffset.UtcNow.AddHours(1)).AbsoluteUri;
        }

        cli["AZURE_STORAGE_CONNECTION_STRING"] = await azurite.ConnectionAsync();
        return container.Uri.AbsoluteUri;
    }

    private static async Task<string> TextAsync(BlobContainerClient container)
    {
        var all = new StringBuilder();
        await foreach (var blob in container.GetBlobsAsync())
        {
            all.Append((await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content);
        }

        return all.ToString();
    }
}
