using System.Text;
using Azure.Storage.Blobs;
using Cax.Core;
using Cax.Core.Delivery;
using Cax.Core.Mapping;
using Cax.Core.Mapping.Profiles;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using Cax.Simulator;
using Cax.Storage;
using Cax.Storage.Tests.Support;
using CaxFunctions.Blobs;
using CaxFunctions.Profiles;
using CaxFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace CaxFunctions.Tests.Blobs;

/// <summary>The blob functions between a real blob store and the twin.</summary>
public sealed class BlobFunctionTests(Azurite azurite) : IAsyncLifetime
{
    private CaxTwin _twin = null!;
    private BlobServiceClient _service = null!;
    private BlobContainerClient _exports = null!;
    private BlobContainerClient _replays = null!;
    private BlobContainerClient _deadLetters = null!;
    private BlobContainerClient _reports = null!;

    public async ValueTask InitializeAsync()
    {
        _service = new BlobServiceClient(await azurite.ConnectionAsync());
        _twin = await CaxTwin.StartAsync(new TwinOptions());
        _exports = await _service.CreateBlobContainerAsync("exports-" + Guid.NewGuid().ToString("N"));
        _replays = await _service.CreateBlobContainerAsync("replay-" + Guid.NewGuid().ToString("N"));
        _reports = _service.GetBlobContainerClient("reports-" + Guid.NewGuid().ToString("N"));
        _deadLetters = _service.GetBlobContainerClient("dead-letter-" + Guid.NewGuid().ToString("N"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_twin is not null)
        {
            await _twin.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_export_of_a_hundred_thousand_records_arrives_completely()
    {
        const int records = 100_000;
        var file = await UploadAsync("orders.ndjson", Lines(records));

        await Exports(Runs()).RunAsync(file, CancellationToken.None);

        var summary = _twin.Summary();
        Assert.Equal(records, summary.DistinctIds);
        Assert.Equal(records, summary.Events);
        Assert.False(await _deadLetters.ExistsAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_broken_export_is_parked_line_by_line_and_replaying_the_lines_brings_it_to_the_full_count()
    {
        const int records = 3_000;
        var lines = Lines(records).Select((line, i) => (i % 10) switch
        {
            3 => line.Replace("\"type\"", "\"type", StringComparison.Ordinal),
            7 => line.Replace(",\"consent\":{\"categories\":[\"1\"]}", "", StringComparison.Ordinal),
            _ => line,
        });
        var file = await UploadAsync("leads.ndjson", lines);

        await Exports(Runs()).RunAsync(file, CancellationToken.None);

        Assert.Equal(2_400, _twin.Summary().DistinctIds);
        var parked = await DocumentsAsync();
        Assert.Equal(2, parked.Count);
        Assert.Equal([300, 300], parked.Select(document => document.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Contains("\"line\":4,", parked.Single(document => document.Name.Contains("/malformed_json/", StringComparison.Ordinal)).Content, StringComparison.Ordinal);

        // A person corrects the broken lines, and decides what absent consent means.
        foreach (var (name, content) in parked)
        {
            var blob = _replays.GetBlobClient(name);
            await blob.UploadAsync(BinaryData.FromString(content.Replace("{\\\"type:", "{\\\"type\\\":", StringComparison.Ordinal)));
            await Replays(Runs(ConsentPolicy.Omit)).RunAsync(blob, CancellationToken.None);
        }

        Assert.Equal(records, _twin.Summary().DistinctIds);
        Assert.Empty(await NamesAsync(_replays));
        Assert.Equal(2, (await NamesAsync(_deadLetters)).Count(name => name.StartsWith("replayed/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_first_folder_selects_the_destination_and_an_unknown_one_is_parked_not_guessed()
    {
        await Exports(Runs()).RunAsync(await UploadAsync("OUTLET/2026/a.ndjson", Lines(3)), CancellationToken.None);
        await Exports(Runs()).RunAsync(await UploadAsync("b.ndjson", Lines(2)), CancellationToken.None);
        await Exports(Runs()).RunAsync(await UploadAsync("nowhere/c.ndjson", Lines(4)), CancellationToken.None);

        Assert.Equal([("30", 3), ("29", 2)], _twin.Requests().Select(request => (request.SiteId!, request.Events)));
        var (name, content) = Assert.Single(await DocumentsAsync());
        Assert.StartsWith("_unknown/unknown_destination/", name, StringComparison.Ordinal);
        Assert.Equal(4, content.Count(c => c == '\n'));
    }

    [Fact]
    public async Task The_path_selects_a_profile_by_folder_or_by_the_table_and_each_record_of_a_file_is_one()
    {
        var wrapped = $"{{\"entries\":[{Tills.Slip(1)},{Tills.Slip(2)},{Tills.Slip(3)}]}}";
        await Exports(Runs()).RunAsync(await UploadAsync("till/a.json", [wrapped]), CancellationToken.None);
        await Exports(Runs()).RunAsync(await UploadAsync("outlet/till/b.ndjson", [Tills.Slip(4), Tills.Slip(5)]), CancellationToken.None);
        await Exports(Runs(rules: new ExportPathRule("erp/*.slips", "till", "outlet"))).RunAsync(
            await UploadAsync("erp/2026/c.slips", [Tills.Slip(6)]), CancellationToken.None);
        await Exports(Runs()).RunAsync(await UploadAsync("d.ndjson", [Tills.Slip(7)]), CancellationToken.None);

        Assert.Equal([("29", 3), ("30", 2), ("30", 1)], _twin.Requests().Select(request => (request.SiteId!, request.Events)));
        Assert.Contains("/unknown_payload/", Assert.Single(await DocumentsAsync()).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_of_several_records_that_was_parked_whole_is_replayed_record_by_record()
    {
        var wrapped = $"{{\"entries\":[{Tills.Slip(1)},{{\"nr\":\"L-2\"}},{Tills.Slip(3)}]}}";
        await Exports(Runs()).RunAsync(await UploadAsync("nowhere/a.json", [wrapped]), CancellationToken.None);
        var parked = Assert.Single(await DocumentsAsync()).Content;
        var copy = _replays.GetBlobClient("again.ndjson");
        await copy.UploadAsync(BinaryData.FromString(parked.Replace(
            "\"destination\":\"nowhere\"", "\"destination\":\"default\",\"profile\":{\"name\":\"till\",\"by\":\"property\"}", StringComparison.Ordinal)));

        await Replays(Runs()).RunAsync(copy, CancellationToken.None);

        Assert.Equal(2, _twin.Summary().DistinctIds);
        var again = Assert.Single(await DocumentsAsync(), document => document.Name.Contains("/incomplete_record/", StringComparison.Ordinal)).Content;
        Assert.Contains("\"profile\":{\"name\":\"till\",\"by\":\"property\"}", again, StringComparison.Ordinal);
        Assert.Contains("\"original\":\"{\\\"entries\\\":[{\\\"nr\\\":\\\"L-2\\\"}]}\"", again, StringComparison.Ordinal);
        Assert.Empty(await NamesAsync(_replays));
    }

    [Fact]
    public async Task A_file_that_cannot_be_sent_now_waits_and_goes_on_with_the_timer_though_the_host_was_told_that_all_is_well()
    {
        var file = await UploadAsync("a.ndjson", Lines(1_200));
        _twin.AddFault(new TwinFault { Status = 503, Count = 4 });

        await Exports(Runs(holdFor: TimeSpan.Zero)).RunAsync(file, CancellationToken.None);

        Assert.Equal(0, _twin.Summary().Events);
        Assert.False(await _deadLetters.ExistsAsync(TestContext.Current.CancellationToken));
        Assert.Contains("\"status\":\"Waiting\"", await StateAsync(), StringComparison.Ordinal);

        await new ResumeExports(Runs().Exports).RunAsync(new TimerInfo(), CancellationToken.None);

        Assert.Equal((1_200, 1_200), (_twin.Summary().Events, _twin.Summary().DistinctIds));
        Assert.Contains("\"status\":\"Done\"", await StateAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(await NamesAsync(_reports), name => name.StartsWith("progress/open/", StringComparison.Ordinal));
        Assert.Single(await NamesAsync(_reports), name => name.EndsWith("/report.html", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_offered_twice_is_sent_once()
    {
        var file = await UploadAsync("a.ndjson", Lines(30));

        await Exports(Runs()).RunAsync(file, CancellationToken.None);
        await Exports(Runs()).RunAsync(file, CancellationToken.None);

        Assert.Equal(30, _twin.Summary().Events);
    }

    [Fact]
    public async Task A_file_that_another_instance_works_on_is_left_to_it()
    {
        var file = await UploadAsync("a.ndjson", Lines(30));
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        var slow = new AnsweringHandler(async (_, _) =>
        {
            asked.TrySetResult();
            await answer.Task;
            return new HttpResponseMessage(System.Net.HttpStatusCode.OK);
        });
        var first = Exports(Runs(http: slow)).RunAsync(file, CancellationToken.None);
        await asked.Task;

        await Exports(Runs()).RunAsync(file, CancellationToken.None);
        await new ResumeExports(Runs().Exports).RunAsync(new TimerInfo(), CancellationToken.None);
        answer.SetResult();
        await first;

        Assert.Empty(_twin.Requests());
        Assert.Contains("\"status\":\"Done\"", await StateAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_that_was_deleted_before_it_was_read_is_nothing_to_do()
    {
        await Exports(Runs()).RunAsync(_exports.GetBlobClient("gone.ndjson"), CancellationToken.None);
        await Replays(Runs()).RunAsync(_replays.GetBlobClient("gone.ndjson"), CancellationToken.None);

        Assert.Empty(_twin.Requests());
    }

    [Fact]
    public async Task What_the_host_is_thrown_holds_nothing_of_what_the_store_said()
    {
        var stranger = await StrangerAsync();

        var export = await Assert.ThrowsAsync<IOException>(() => Exports(Runs(holdFor: TimeSpan.FromSeconds(1))).RunAsync(stranger, CancellationToken.None));
        var replay = await Assert.ThrowsAsync<IOException>(() => Replays(Runs(holdFor: TimeSpan.FromSeconds(1))).RunAsync(stranger, CancellationToken.None));

        Assert.All(new[] { export, replay }, failure => Assert.Contains("403", failure.Message, StringComparison.Ordinal));
        Assert.All(new[] { export, replay }, failure => Assert.Null(failure.InnerException));
    }

    [Fact]
    public async Task A_store_that_fails_does_not_use_up_the_five_tries_of_a_file_within_seconds()
    {
        var clock = new TestClock();
        using var stopping = new CancellationTokenSource();
        var stranger = await StrangerAsync();

        await Assert.ThrowsAsync<IOException>(() => clock.RunAsync(
            Exports(Runs(holdFor: TimeSpan.FromMinutes(50), time: clock)).RunAsync(stranger, stopping.Token)));
        var first = clock.UtcNow;
        var second = Exports(Runs(holdFor: TimeSpan.FromMinutes(50), time: clock)).RunAsync(stranger, stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => second);

        Assert.Equal(TestClock.Morning + TimeSpan.FromMinutes(5), first);
        Assert.Equal(first, clock.UtcNow);
    }

    [Fact]
    public async Task What_fails_again_is_parked_again_with_its_history_and_the_document_is_archived()
    {
        await Exports(Runs()).RunAsync(await UploadAsync("a.ndjson", ["{\"type\":\"lead.created\"}", .. Lines(2)]), CancellationToken.None);
        var (name, content) = Assert.Single(await DocumentsAsync());
        var copy = _replays.GetBlobClient("again.ndjson");
        await copy.UploadAsync(BinaryData.FromString(content));

        await Replays(Runs()).RunAsync(copy, CancellationToken.None);

        var again = Assert.Single(await DocumentsAsync(), document => document.Name != name && !document.Name.StartsWith("replayed/", StringComparison.Ordinal));
        Assert.Contains("\"history\":[{\"at\":", again.Content, StringComparison.Ordinal);
        Assert.Contains("\"delivery\":\"" + _exports.Name + "/a.ndjson\"", again.Content, StringComparison.Ordinal);
        Assert.Empty(await NamesAsync(_replays));
    }

    [Fact]
    public async Task A_replay_that_finds_no_endpoint_stays_in_its_container()
    {
        await Exports(Runs()).RunAsync(await UploadAsync("a.ndjson", Lines(2).Select(line => line.Replace(",\"consent\":{\"categories\":[\"1\"]}", "", StringComparison.Ordinal))), CancellationToken.None);
        var copy = _replays.GetBlobClient("again.ndjson");
        await copy.UploadAsync(BinaryData.FromString(Assert.Single(await DocumentsAsync()).Content));
        _twin.AddFault(new TwinFault { Status = 503, Count = 1_000 });

        await Assert.ThrowsAsync<IOException>(() =>
            Replays(Runs(ConsentPolicy.Omit, TimeSpan.FromSeconds(1))).RunAsync(copy, CancellationToken.None));

        Assert.Equal(["again.ndjson"], await NamesAsync(_replays));
    }

    private BlobRig Runs(ConsentPolicy consent = ConsentPolicy.Require, TimeSpan? holdFor = null, TimeProvider? time = null, HttpMessageHandler? http = null, params IReadOnlyList<ExportPathRule> rules)
    {
        var destinations = new Dictionary<string, Destination>(StringComparer.OrdinalIgnoreCase)
        {
            ["default"] = new("default", "29", new SourceKey("0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11"), _twin.Url),
            ["outlet"] = new("outlet", "30", new SourceKey("0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c12"), _twin.Url),
        };
        var options = new CaxOptions
        {
            Destinations = destinations,
            Delivery = new DeliveryOptions { RequestsPerSecond = 500 },
            Exports = new ExportOptions { HoldFor = holdFor ?? TimeSpan.FromMinutes(5), Paths = rules },
        };
        options = options with { Mapping = options.Mapping with { General = options.Mapping.General with { Consent = new ConsentOptions { Policy = consent } } } };
        var profiles = new CurrentProfiles(options.Mapping.Profiles) { Catalog = new ProfileCatalog(options.Mapping.Profiles.Parameters, [Tills.Document()]) };
        var setup = new PipelineSetup(
            options, new RecordMapper(options.Mapping, () => profiles.Catalog), new BlobDeadLetterStore(_deadLetters, TimeProvider.System), http, TimeProvider.System);
        return BlobRig.Of(setup, options, profiles, _exports, _deadLetters, _reports, time ?? TimeProvider.System, NullLoggerFactory.Instance);
    }

    private static ExportFiles Exports(BlobRig rig) => new(rig.Exports);

    private static ReplayedDeadLetters Replays(BlobRig rig) => new(rig.Replays);

    private async Task<string> StateAsync()
    {
        var name = Assert.Single(await NamesAsync(_reports), name => name.StartsWith("progress/state/", StringComparison.Ordinal));
        return (await _reports.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString();
    }

    /// <summary>A file as somebody sees it who has no rights.</summary>
    private async Task<BlobClient> StrangerAsync() =>
        new BlobServiceClient(WithOtherKey(await azurite.ConnectionAsync())).GetBlobContainerClient(_exports.Name).GetBlobClient("a.ndjson");

    private static string WithOtherKey(string connection) => string.Join(';', connection.Split(';').Select(part =>
        part.StartsWith("AccountKey=", StringComparison.Ordinal) ? "AccountKey=" + Convert.ToBase64String(new byte[32]) : part));

    private static IEnumerable<string> Lines(int count) => Enumerable.Range(0, count).Select(i => MessageRig.Lead($"L-{i}"));

    private async Task<BlobClient> UploadAsync(string name, IEnumerable<string> lines)
    {
        var blob = _exports.GetBlobClient(name);
        await blob.UploadAsync(BinaryData.FromBytes(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));
        return blob;
    }

    private static async Task<List<string>> NamesAsync(BlobContainerClient container)
    {
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync())
        {
            names.Add(blob.Name);
        }

        return names;
    }

    private async Task<List<(string Name, string Content)>> DocumentsAsync()
    {
        var documents = new List<(string, string)>();
        foreach (var name in (await NamesAsync(_deadLetters)).Where(name => name.EndsWith(".ndjson", StringComparison.Ordinal) && !name.StartsWith("repairs/", StringComparison.Ordinal)))
        {
            documents.Add((name, (await _deadLetters.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString()));
        }

        return documents;
    }
}
