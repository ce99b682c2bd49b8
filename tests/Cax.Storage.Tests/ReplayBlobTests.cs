using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Mapping;
using Cax.Core.Tests.Support;
using Cax.Storage.Tests.Support;

namespace Cax.Storage.Tests;

public sealed class ReplayBlobTests(Azurite azurite) : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private readonly List<string> _told = [];
    private ScriptedEndpoint _endpoint = null!;
    private BlobContainerClient _deadLetters = null!;
    private BlobContainerClient _replay = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = new ScriptedEndpoint(_clock);
        _deadLetters = await azurite.ContainerAsync();
        _replay = await azurite.ContainerAsync();
        await _replay.CreateAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Parked_lines_are_sent_once_with_their_ids_and_the_document_is_archived()
    {
        await ParkAsync(3);
        var blob = await CopyAsync("again.ndjson");

        var first = await ReplayAsync(blob);
        await CopyAsync("again.ndjson");
        var second = await ReplayAsync(blob);

        Assert.Equal((3, 3, 0), (first.Accounts.Records.Total, first.Accounts.Records.Sent, first.Accounts.SettlementFailures));
        Assert.Equal((3, 0, 3), (second.Accounts.Records.Total, second.Accounts.Records.Sent, second.Accounts.Reasons["already_sent"]));
        Assert.Equal([Leads.Id(0), Leads.Id(1), Leads.Id(2)], _endpoint.AcceptedIds.Order());
        Assert.All(await StoredAsync(), stored => Assert.Equal(OutcomeKind.Sent, Assert.Single(stored.Replays).Kind));
    }

    [Fact]
    public async Task Force_in_the_metadata_sends_again_what_was_sent()
    {
        await ParkAsync(2);
        await ReplayAsync(await CopyAsync("again.ndjson"));

        var forced = await ReplayAsync(await CopyAsync("again.ndjson", force: "True"));

        Assert.Equal(2, forced.Accounts.Records.Sent);
        Assert.Equal(4, _endpoint.AcceptedIds.Count());
    }

    [Fact]
    public async Task What_fails_again_is_parked_again_in_one_document_with_its_history_and_its_first_origin()
    {
        await ParkAsync(3);
        _endpoint.Answer = posted => posted.Ids.Count == 1 && posted.Ids[0] != Leads.Id(0) ? 400 : posted.Ids.Count == 1 ? 200 : 400;

        var run = await ReplayAsync(await CopyAsync("again.ndjson"));
        var stored = await StoredAsync();

        Assert.Equal((1, 2, true), (run.Accounts.Records.Sent, run.Accounts.Records.DeadLettered, run.IsDone));
        var again = stored.Where(letter => letter.Letter!.History.Count > 0).Select(letter => letter.Letter!).ToList();
        Assert.Equal(2, again.Count);
        Assert.Single(again.Select(letter => letter.Document).Distinct());
        Assert.All(again, letter => Assert.Equal(("orders.ndjson", "endpoint_unavailable"), (letter.Origin.Delivery, letter.History[0].Reason)));
        Assert.Equal(
            [OutcomeKind.Sent, OutcomeKind.DeadLettered, OutcomeKind.DeadLettered],
            stored.Where(letter => letter.Letter!.History.Count == 0).OrderBy(letter => letter.Letter!.EventId).Select(letter => Assert.Single(letter.Replays).Kind));
    }

    [Fact]
    public async Task Doing_it_twice_leaves_one_document_of_what_failed_again()
    {
        await ParkAsync(2);
        var blob = await CopyAsync("again.ndjson", force: "true");
        _endpoint.Answer = posted => posted.Ids.Contains(Leads.Id(1)) ? 400 : 200;

        await RunAsync(await FindAsync(blob));
        await RunAsync(await FindAsync(blob));

        Assert.Equal(2, await _deadLetters.GetBlobsAsync().CountAsync(name => name.Name.EndsWith(".ndjson", StringComparison.Ordinal)));
        Assert.Single(await StoredAsync(), stored => stored.Letter!.History.Count > 0);
    }

    [Fact]
    public async Task A_line_that_is_no_dead_letter_is_parked_with_its_bytes_and_costs_no_other()
    {
        await ParkAsync(2);
        var lines = (await DocumentAsync()).TrimEnd('\n').Split('\n');
        var blob = await UploadAsync("edited.ndjson", $"{lines[0]}\n{{\"no\":\"letter\"}}\n{{broken\n{lines[1]}\n");

        var run = await ReplayAsync(blob);
        var parked = (await StoredAsync()).Where(stored => stored.Letter!.Reason == "malformed_json").Select(stored => stored.Letter!).ToList();

        Assert.Equal((2, 2), (run.Accounts.Records.Sent, run.Accounts.Records.DeadLettered));
        Assert.Equal(["{\"no\":\"letter\"}", "{broken"], parked.OrderBy(letter => letter.Origin.Line).Select(letter => Encoding.UTF8.GetString(letter.Original.Span)));
        Assert.All(parked, letter => Assert.Equal(_replay.Name + "/edited.ndjson", letter.Origin.Delivery));
    }

    [Theory]
    [InlineData("name", null)]
    [InlineData("name", "../../elsewhere/a-b")]
    [InlineData("name", "/a-b")]
    [InlineData("destination", null)]
    [InlineData("reason", null)]
    public async Task A_line_whose_members_cannot_be_is_parked_and_costs_no_other(string member, string? value)
    {
        await ParkAsync(2);
        var lines = (await DocumentAsync()).TrimEnd('\n').Split('\n');
        var edited = JsonNode.Parse(lines[0])!.AsObject();
        edited[member] = value;

        var run = await ReplayAsync(await UploadAsync("edited.ndjson", $"{edited.ToJsonString()}\n{lines[1]}\n"));

        Assert.Equal((1, 1, 1), (run.Accounts.Records.Sent, run.Accounts.Records.DeadLettered, run.Accounts.Reasons["malformed_json"]));
        Assert.True(run.IsDone);
    }

    [Fact]
    public async Task A_document_is_archived_also_from_a_folder_without_a_name()
    {
        await ParkAsync(1);

        await ReplayAsync(await CopyAsync("shop//again.ndjson"));

        Assert.Contains(await _deadLetters.GetBlobsAsync().ToListAsync(), blob => blob.Name.EndsWith("/shop/_/again.ndjson", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_first_line_that_is_damaged_costs_only_itself()
    {
        await ParkAsync(2);
        var lines = (await DocumentAsync()).TrimEnd('\n').Split('\n');

        var run = await ReplayAsync(await UploadAsync("edited.ndjson", $"{lines[0][..40]}\n{lines[1]}\n"));

        Assert.Equal((1, 1), (run.Accounts.Records.Sent, run.Accounts.Records.DeadLettered));
    }

    [Fact]
    public async Task One_letter_spread_over_lines_by_an_editor_is_replayed()
    {
        await ParkAsync(1);
        var pretty = JsonNode.Parse(await DocumentAsync())!.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        Assert.True(pretty.Split('\n').Length > 10);

        var run = await ReplayAsync(await UploadAsync("one.json", pretty));

        Assert.Equal((1, 1), (run.Accounts.Records.Total, run.Accounts.Records.Sent));
    }

    [Fact]
    public async Task After_three_replays_in_vain_it_takes_force()
    {
        await ParkAsync(1);
        _endpoint.Answer = posted => posted.Ids.Contains("witness") ? 200 : 403;
        var store = new BlobDeadLetterStore(_deadLetters, _clock);
        var name = Assert.Single(await StoredAsync()).Name;
        for (var i = 0; i < 3; i++)
        {
            await store.WriteResultAsync(name, new ReplayResult(_clock.UtcNow, OutcomeKind.DeadLettered, "refused", null), CancellationToken.None);
        }

        var run = await ReplayAsync(await CopyAsync("again.ndjson"));

        Assert.Equal((0, 1), (run.Accounts.Requests, run.Accounts.Records.DeadLettered));
        Assert.Contains("cax_force=true", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_sent_leaves_no_result_and_the_document_where_it_is()
    {
        await ParkAsync(1);
        _endpoint.Answer = _ => 401;

        var run = await RunAsync(await FindAsync(await CopyAsync("again.ndjson")));

        Assert.Equal(1, run.Accounts.Records.Returned);
        Assert.False(run.IsDone);
        Assert.Empty(Assert.Single(await StoredAsync()).Replays);
    }

    [Fact]
    public async Task It_is_archived_by_its_day_and_no_dead_letter_there()
    {
        await ParkAsync(1);
        var blob = await CopyAsync("29/again.ndjson");
        var content = await DocumentAsync();
        var file = await FindAsync(blob);

        await new ReplayBlob(blob, file, _deadLetters, _clock).ArchiveAsync(CancellationToken.None);

        var name = file.ReceivedAt.UtcDateTime.ToString($"'replayed/'yyyy/MM/dd'/{file.Fingerprint}/29/again.ndjson'", CultureInfo.InvariantCulture);
        Assert.Equal(content, (await _deadLetters.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString());
        Assert.False(await blob.ExistsAsync());
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task A_document_that_was_written_again_meanwhile_is_not_archived()
    {
        await ParkAsync(1);
        var blob = await CopyAsync("again.ndjson");
        var file = await FindAsync(blob);
        await CopyAsync("again.ndjson");

        await Assert.ThrowsAsync<IOException>(() => new ReplayBlob(blob, file, _deadLetters, _clock).ArchiveAsync(CancellationToken.None));

        Assert.True(await blob.ExistsAsync());
    }

    private async Task<RunResult> ReplayAsync(BlobClient blob)
    {
        var file = await FindAsync(blob);
        var run = await RunAsync(file);
        if (run.IsDone)
        {
            await new ReplayBlob(blob, file, _deadLetters, _clock).ArchiveAsync(CancellationToken.None);
        }

        Assert.False(await blob.ExistsAsync());
        return run;
    }

    private async Task<RunResult> RunAsync(BlobFile file)
    {
        using var document = new ReplayBlob(_replay.GetBlobClient(file.Path), file, _deadLetters, _clock).Document(_told.Add);
        var options = new CaxOptions
        {
            Destinations = new Dictionary<string, Destination>
            {
                ["default"] = new("default", "29", new SourceKey("0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11"), new Uri("https://collect.example")),
            },
            Delivery = new DeliveryOptions { RequestsPerSecond = int.MaxValue },
        };
        var setup = new PipelineSetup(
            options, new RecordMapper(options.Mapping), new BlobDeadLetterStore(_deadLetters, _clock), _endpoint, _clock, () => 0.5);
        var run = await _clock.RunAsync(Task.Run(() => new EventPipeline(setup, new RunOptions { IgnoreEarlierRuns = true })
            .RunAsync(document.DeliveriesAsync(CancellationToken.None), CancellationToken.None)));
        return await document.CompleteAsync(run, CancellationToken.None);
    }

    /// <summary>Parks events as an outage would.</summary>
    private async Task ParkAsync(int count) => await new BlobDeadLetterStore(_deadLetters, _clock).Begin().WriteAsync(
        [.. Enumerable.Range(0, count).Select(i => ParkedLeads.Letter("29/endpoint_unavailable/2026/11/20/abcd", i, _clock.UtcNow))],
        CancellationToken.None);

    private async Task<string> DocumentAsync() =>
        (await _deadLetters.GetBlobClient("29/endpoint_unavailable/2026/11/20/abcd.ndjson").DownloadContentAsync()).Value.Content.ToString();

    private async Task<BlobClient> CopyAsync(string name, string? force = null) => await UploadAsync(name, await DocumentAsync(), force);

    private async Task<BlobClient> UploadAsync(string name, string text, string? force = null)
    {
        var blob = _replay.GetBlobClient(name);
        await blob.UploadAsync(
            BinaryData.FromString(text),
            new BlobUploadOptions { Metadata = force is null ? null : new Dictionary<string, string> { [BlobFile.ForceMetadata] = force } });
        return blob;
    }

    private static async Task<BlobFile> FindAsync(BlobClient blob) => (await BlobFile.FindAsync(blob, CancellationToken.None))!;

    private async Task<List<StoredDeadLetter>> StoredAsync() =>
        await new BlobDeadLetterStore(_deadLetters, _clock).ReadAsync(CancellationToken.None).ToListAsync();
}
