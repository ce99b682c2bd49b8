using System.Globalization;
using System.Text;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Tests.DeadLetters;
using Cax.Core.Tests.Support;
using Cax.Storage.Tests.Support;

namespace Cax.Storage.Tests;

public sealed class BlobDeadLetterStoreTests(Azurite azurite) : DeadLetterStoreContract, IAsyncLifetime
{
    private const string Document = "29/refused/2026/11/21/abcd";

    private readonly TestClock _clock = new();
    private readonly CountingPolicy _requests = new();
    private BlobContainerClient _container = null!;

    protected override IDeadLetterStore Store => new BlobDeadLetterStore(_container, _clock);

    protected override IDeadLetterStore Unreachable => new BlobDeadLetterStore(
        new BlobContainerClient(new Uri("http://127.0.0.1:1/account/dead-letter?sig=s3cret"), new BlobClientOptions { Retry = { MaxRetries = 0 } }), _clock);

    public async ValueTask InitializeAsync()
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(_requests, HttpPipelinePosition.PerCall);
        _container = await azurite.ContainerAsync(options);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Five_thousand_letters_of_one_file_are_one_blob_and_a_handful_of_uploads()
    {
        var run = Store.Begin();
        for (var i = 0; i < 5; i++)
        {
            await run.WriteAsync(Letters(1_000, from: i * 1_000), CancellationToken.None);
        }

        Assert.Equal(5_000, (await AllAsync()).Count);
        Assert.Equal([Document + ".ndjson"], await BlobsAsync());

        // The first finds no container, creates it, and comes again.
        Assert.Equal(6, _requests.Count("PUT block"));
        Assert.Equal(5, _requests.Count("PUT blocklist"));
    }

    [Fact]
    public async Task A_process_that_dies_between_parking_and_settling_leaves_one_blob_once_it_was_repeated()
    {
        var dies = Store.Begin();
        await dies.WriteAsync(Letters(3), CancellationToken.None);

        var repeats = Store.Begin();
        await repeats.WriteAsync(Letters(2), CancellationToken.None);
        await repeats.WriteAsync(Letters(2, from: 2), CancellationToken.None);

        Assert.Equal([Document + ".ndjson"], await BlobsAsync());
        Assert.Equal(Letters(4).Select(letter => letter.Name), (await AllAsync()).Select(stored => stored.Name));
    }

    [Fact]
    public async Task Blocks_of_two_processes_never_mix_and_the_one_that_lost_is_told()
    {
        var one = Store.Begin();
        await one.WriteAsync(Letters(1), CancellationToken.None);
        var other = Store.Begin();
        await other.WriteAsync(Letters(1, from: 1), CancellationToken.None);

        var failure = await Assert.ThrowsAsync<IOException>(async () => await one.WriteAsync(Letters(1, from: 2), CancellationToken.None));
        await other.WriteAsync(Letters(1, from: 3), CancellationToken.None);

        Assert.Contains("another process", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["abcd-00001", "abcd-00003"], (await AllAsync()).Select(stored => stored.Name.Split('/')[^1]));
    }

    [Fact]
    public async Task Another_process_that_writes_between_block_and_list_costs_nothing()
    {
        await _container.CreateAsync();
        var other = new BlobDeadLetterStore(new BlobServiceClient(await azurite.ConnectionAsync()).GetBlobContainerClient(_container.Name), _clock);
        var once = true;
        _requests.Before = async message =>
        {
            if (once && message.Request.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal))
            {
                once = false;
                await other.Begin().WriteAsync(Letters(1, from: 7), CancellationToken.None);
            }
        };

        await Store.Begin().WriteAsync(Letters(1), CancellationToken.None);

        Assert.Equal("abcd-00000", Assert.Single(await AllAsync()).Name.Split('/')[^1]);
    }

    [Fact]
    public async Task More_blocks_than_a_blob_can_have_are_merged()
    {
        var run = new BlobDeadLetterStore(_container, _clock, mostBlocks: 3).Begin();
        for (var i = 0; i < 10; i++)
        {
            await run.WriteAsync(Letters(1, from: i), CancellationToken.None);
        }

        Assert.Equal(Letters(10).Select(letter => letter.Name), (await AllAsync()).Select(stored => stored.Name));
        var blocks = await _container.GetBlockBlobClient(Document + ".ndjson").GetBlockListAsync(BlockListTypes.Committed);
        Assert.InRange(blocks.Value.CommittedBlocks.Count(), 1, 3);
    }

    [Fact]
    public async Task Letters_of_many_documents_go_up_side_by_side()
    {
        await _container.CreateAsync();
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocks = 0;
        _requests.Before = async message =>
        {
            if (message.Request.Uri.Query.Contains("comp=block&", StringComparison.Ordinal))
            {
                // The first waits for the second, which therefore must not wait for the first.
                if (Interlocked.Increment(ref blocks) == 2)
                {
                    second.SetResult();
                }

                await second.Task.WaitAsync(TimeSpan.FromSeconds(30));
            }
        };

        await Store.Begin().WriteAsync(
            [.. Enumerable.Range(0, 40).Select(i => Letter(string.Create(CultureInfo.InvariantCulture, $"29/refused/2026/11/21/{i:00}-1"), "{}"u8.ToArray()))],
            CancellationToken.None);

        Assert.Equal(40, (await AllAsync()).Count);
    }

    [Fact]
    public async Task The_container_is_created_private()
    {
        await Store.Begin().WriteAsync(Letters(1), CancellationToken.None);

        Assert.Equal(PublicAccessType.None, (await _container.GetAccessPolicyAsync()).Value.BlobPublicAccess);
    }

    [Fact]
    public async Task A_container_that_does_not_exist_holds_no_letters()
    {
        Assert.Empty(await AllAsync());
        Assert.False(await new BlobDeadLetterStore(_container, _clock).ExistsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_damaged_line_is_told_with_its_place_and_hides_no_other()
    {
        await Store.Begin().WriteAsync(Letters(2), CancellationToken.None);
        var blob = _container.GetBlockBlobClient(Document + ".ndjson");
        var lines = (await blob.DownloadContentAsync()).Value.Content.ToString().Split('\n');
        await UploadAsync(blob, string.Join('\n', "{broken", lines[0], "{\"version\":2}", "[]x", lines[1]) + "\n");
        await Store.WriteResultAsync(Document + "-00001", new ReplayResult(TestClock.Morning, OutcomeKind.Sent, null, null), CancellationToken.None);
        await _container.GetAppendBlobClient(Document + ".replays").AppendBlockAsync(new MemoryStream("{\"at\":\n"u8.ToArray()));

        var all = await AllAsync();

        Assert.Equal(Letters(2).Select(letter => letter.Name), all.Where(stored => stored.Letter is not null).Select(stored => stored.Name));
        Assert.Equal(
            [Document + ".replays, line 2", Document + ".ndjson, line 1", Document + ".ndjson, line 3", Document + ".ndjson, line 4"],
            all.Where(stored => stored.Letter is null).Select(stored => stored.Name));
        Assert.All(all.Where(stored => stored.Letter is null), stored => Assert.NotNull(stored.Problem));
        Assert.Single(all.Single(stored => stored.Name.EndsWith("-00001", StringComparison.Ordinal)).Replays);
    }

    [Fact]
    public async Task What_was_archived_is_no_dead_letter_any_more()
    {
        await Store.Begin().WriteAsync(Letters(1), CancellationToken.None);
        await UploadAsync(_container.GetBlockBlobClient("replayed/2026/11/21/x.ndjson"), Encoding.UTF8.GetString(DeadLetterJson.Write(Letters(1)[0])));

        Assert.Single(await AllAsync());
    }

    [Theory]
    [InlineData("x/../../outside-1")]
    [InlineData("replayed/x-1")]
    [InlineData("//x-1")]
    public async Task No_name_leads_out_of_the_container_or_among_the_archived(string name)
    {
        await Assert.ThrowsAsync<IOException>(async () => await Store.Begin().WriteAsync([Letters(1)[0] with { Name = name }], CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(async () =>
            await Store.WriteResultAsync(name, new ReplayResult(TestClock.Morning, OutcomeKind.Sent, null, null), CancellationToken.None));
    }

    [Fact]
    public async Task A_failure_names_the_container_and_no_query_and_the_store_is_left_alone_for_a_while()
    {
        var asked = 0;
        var options = new BlobClientOptions { Retry = { MaxRetries = 0 } };
        options.AddPolicy(new CountingPolicy { Before = _ => Task.FromResult(asked++) }, HttpPipelinePosition.PerCall);
        var run = new BlobDeadLetterStore(
            new BlobContainerClient(new Uri("http://127.0.0.1:1/account/dead-letter?sv=2024&sig=s3cret"), options), _clock).Begin();

        var failure = await Assert.ThrowsAsync<IOException>(Write);
        await Assert.ThrowsAsync<IOException>(Write);
        Assert.Equal(1, asked);
        _clock.Advance(TimeSpan.FromSeconds(6));
        await Assert.ThrowsAsync<IOException>(Write);

        Assert.Equal(2, asked);
        Assert.Contains("the blob container dead-letter of account: the store cannot be reached", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sig", failure.Message, StringComparison.Ordinal);

        async Task Write() => await run.WriteAsync(Letters(1), CancellationToken.None);
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_code_and_what_to_do()
    {
        await _container.CreateAsync();
        var forged = new BlobContainerClient(new Uri(_container.Uri + "?sv=2021-08-06&sr=c&sp=racwl&se=2030-01-01T00:00:00Z&sig=Zm9yZ2Vk"));

        var failure = await Assert.ThrowsAsync<IOException>(async () =>
            await new BlobDeadLetterStore(forged, _clock).Begin().WriteAsync(Letters(1), CancellationToken.None));

        Assert.Contains("403 AuthorizationFailure", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Storage Blob Data Contributor", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Zm9yZ2Vk", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interruption_is_no_failure_of_the_store()
    {
        using var interrupted = new CancellationTokenSource();
        _requests.Before = async message =>
        {
            await interrupted.CancelAsync();
            message.CancellationToken.ThrowIfCancellationRequested();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.Begin().WriteAsync(Letters(1), interrupted.Token));
    }

    private static List<DeadLetter> Letters(int count, int from = 0) => [.. Enumerable.Range(from, count)
        .Select(i => Letter(string.Create(CultureInfo.InvariantCulture, $"{Document}-{i:00000}"), Encoding.UTF8.GetBytes(Leads.Event(Leads.Id(i)))))];

    private static async Task UploadAsync(BlockBlobClient blob, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        await blob.UploadAsync(content);
    }

    private async Task<List<string>> BlobsAsync() => await _container.GetBlobsAsync().Select(blob => blob.Name).ToListAsync();
}
