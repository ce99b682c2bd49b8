using System.IO.Compression;
using System.Text;
using System.Text.Json;
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

namespace CaxFunctions.Tests.Blobs;

/// <summary>Each way in which an export file can end, in a real blob store.</summary>
public sealed class ExportEndingTests(Azurite azurite) : IAsyncLifetime
{
    private const string Header = "lead_id,created_at,customer_email,consent\n";

    private readonly LogBook _book = new();
    private CaxTwin _twin = null!;
    private BlobContainerClient _exports = null!;
    private BlobContainerClient _deadLetters = null!;
    private BlobContainerClient _reports = null!;
    private HttpMessageHandler? _http;
    private CaxOptions _options = null!;

    public async ValueTask InitializeAsync()
    {
        var service = new BlobServiceClient(await azurite.ConnectionAsync());
        _twin = await CaxTwin.StartAsync(new TwinOptions());
        _exports = await service.CreateBlobContainerAsync("exports-" + Guid.NewGuid().ToString("N"));
        _reports = service.GetBlobContainerClient("reports-" + Guid.NewGuid().ToString("N"));
        _deadLetters = service.GetBlobContainerClient("dead-letter-" + Guid.NewGuid().ToString("N"));
        _options = new CaxOptions
        {
            Destinations = new Dictionary<string, Destination>(StringComparer.OrdinalIgnoreCase)
            {
                ["default"] = new("default", "29", new SourceKey("0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11"), _twin.Url),
                ["outlet"] = new("outlet", "30", new SourceKey("0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c12"), _twin.Url),
            },
            Delivery = new DeliveryOptions { RequestsPerSecond = 500 },
            Exports = new ExportOptions { HoldFor = TimeSpan.Zero, BlockRecords = 100 },
        };
    }

    public async ValueTask DisposeAsync()
    {
        _book.Dispose();
        if (_twin is not null)
        {
            await _twin.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("empty.ndjson", "", "refused", 0)]
    [InlineData("rows.csv", Header, "empty", 0)]
    [InlineData("rows.csv", Header + "L-1,2026-11-20T10:00:00Z,ada@example.com,1\nL-2,2026-11-20T10:00:00Z,bob@example.com,1\n", "sent", 2)]
    [InlineData("rows.csv", Header + "L-1,2026-11-20T10:00:00Z,ada@example.com,1\nL-2,2026-11-20T10:00:00Z,bob@example.com\n", "sent_with_rejections", 1)]
    public async Task A_small_file_has_a_defined_end_plain_and_packed(string name, string content, string verdict, int sent)
    {
        await SendAsync(await UploadAsync(name, Encoding.UTF8.GetBytes(content)));
        var plain = await ReportAsync(name);
        await SendAsync(await UploadAsync("packed-" + name + ".gz", Gzip(content)));
        var packed = await ReportAsync("packed-" + name);

        Assert.Equal((verdict, verdict), (plain, packed));
        Assert.Equal(sent, _twin.Summary().DistinctIds);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_cell_of_ten_megabytes_is_parked_by_reference_and_the_rows_around_it_are_sent()
    {
        var content = Header + "L-1,2026-11-20T10:00:00Z,ada@example.com,1\nL-2,2026-11-20T10:00:00Z," + new string('x', 10_000_000)
            + ",1\nL-3,2026-11-20T10:00:00Z,cleo@example.com,1\n";

        await SendAsync(await UploadAsync("rows.csv", Encoding.UTF8.GetBytes(content)));

        Assert.Equal("sent_with_rejections", await ReportAsync("rows.csv"));
        Assert.Equal(2, _twin.Summary().DistinctIds);
        var letter = Assert.Single(await NamesAsync(_deadLetters));
        Assert.Contains("/record_too_large/", letter, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_blob_that_is_overwritten_while_it_is_sent_ends_as_gone_and_the_new_version_is_sent_whole()
    {
        var large = string.Concat(Lines(20_000)) + new string('\n', 12_000_000);
        var blob = await UploadAsync("a.ndjson", Encoding.UTF8.GetBytes(large));
        var isWritten = 0;
        _http = new AnsweringHandler(async (_, _) =>
        {
            if (Interlocked.Exchange(ref isWritten, 1) == 0)
            {
                await UploadAsync("a.ndjson", Encoding.UTF8.GetBytes(string.Concat(Lines(30))));
            }

            return new HttpResponseMessage(System.Net.HttpStatusCode.OK);
        });

        await SendAsync(blob);
        _http = null;
        var old = await ReportAsync("a.ndjson");
        await SendAsync(blob);

        Assert.Equal("gone", old);
        Assert.Equal(30, _twin.Summary().Events);
        await NothingIsLeftAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_blob_that_is_deleted_or_overwritten_while_it_waits_ends_as_gone(bool isDeleted)
    {
        var blob = await UploadAsync("a.ndjson", Encoding.UTF8.GetBytes(string.Concat(Lines(30))));
        _twin.AddFault(new TwinFault { Status = 503, Count = 1 });
        await SendAsync(blob);
        var before = await ReportAsync("a.ndjson");
        if (isDeleted)
        {
            await blob.DeleteAsync(cancellationToken: TestContext.Current.CancellationToken);
        }
        else
        {
            await UploadAsync("a.ndjson", Encoding.UTF8.GetBytes(string.Concat(Lines(40))));
        }

        await ResumeAsync();

        Assert.Equal(("waiting", "gone"), (before, await ReportAsync("a.ndjson")));
        Assert.Equal(0, _twin.Summary().Events);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_blob_that_is_not_there_when_it_is_offered_has_a_report_of_the_day()
    {
        await SendAsync(_exports.GetBlobClient("gone.ndjson"));

        Assert.Equal("gone", await ReportAsync("gone.ndjson"));
        Assert.DoesNotContain("1970", await ReportTextAsync("gone.ndjson"), StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_blob_that_asks_for_it_is_sent_again_and_each_time_has_a_report()
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(Lines(30)));
        await SendAsync(await UploadAsync("a.ndjson", content));
        await SendAsync(await UploadAsync("b.ndjson", content));
        var forced = await UploadAsync("c.ndjson", content);
        await forced.SetMetadataAsync(new Dictionary<string, string> { [BlobFile.ForceMetadata] = "true" });
        await SendAsync(forced);

        Assert.Equal(60, _twin.Summary().Events);
        Assert.Equal(("sent", "repeated", "sent"), (await ReportAsync("a.ndjson"), await ReportAsync("b.ndjson"), await ReportAsync("c.ndjson")));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_file_that_waits_keeps_its_destination_and_takes_the_profile_that_the_settings_name_now_from_its_beginning()
    {
        _options = _options with { Exports = _options.Exports with { BlockRecords = 1, Paths = [new ExportPathRule("erp/*", "till", "outlet")] } };
        var blob = await UploadAsync("erp/a.ndjson", Encoding.UTF8.GetBytes(string.Join('\n', Tills.Slip(1), Tills.Slip(2), Tills.Slip(3))));
        _twin.AddFault(new TwinFault { Status = 503, Count = 1 });
        await SendAsync(blob);
        _options = _options with { Exports = _options.Exports with { Paths = [new ExportPathRule("erp/*", "drawer", "default")] } };

        await ResumeAsync();

        Assert.Equal("sent", await ReportAsync("a.ndjson"));
        Assert.Equal(["30"], _twin.Requests().Where(request => request.Status == 200).Select(request => request.SiteId!).Distinct());
        Assert.Equal(3, _twin.Summary().DistinctIds);
        Assert.Contains("\"drawer\"", await ReportTextAsync("a.ndjson"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"till\"", await ReportTextAsync("a.ndjson"), StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_destination_that_takes_nothing_keeps_no_file_of_another_waiting()
    {
        _options = _options with { Exports = _options.Exports with { HoldFor = TimeSpan.FromMinutes(50) } };
        for (var i = 0; i < 3; i++)
        {
            await WaitingAsync($"outlet/{i}.ndjson", i);
        }

        await WaitingAsync("z.ndjson", 9);
        var isDown = true;
        var down = new TaskCompletionSource();
        _http = new AnsweringHandler(async (request, _) =>
        {
            if (request.RequestUri!.Query.Contains("30", StringComparison.Ordinal) && isDown)
            {
                await down.Task;
            }

            return new HttpResponseMessage(System.Net.HttpStatusCode.OK);
        });

        var resuming = ResumeAsync();
        while (!(await ReportTextAsync("z.ndjson")).Contains("\"verdict\": \"sent\"", StringComparison.Ordinal))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        isDown = false;
        down.SetResult();
        await resuming;
        await ResumeAsync();

        Assert.Equal("sent", await ReportAsync("2.ndjson"));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_file_that_was_sent_from_elsewhere_into_the_same_reports_is_not_given_up()
    {
        await WaitingAsync("a.ndjson", 1);
        var name = Assert.Single(await NamesAsync(_reports), name => name.StartsWith("progress/state/", StringComparison.Ordinal));
        var state = _reports.GetBlobClient(name);
        var text = (await state.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToString();
        await state.UploadAsync(
            BinaryData.FromString(text.Replace(_exports.Uri.ToString(), "/home/ada", StringComparison.Ordinal)), overwrite: true, TestContext.Current.CancellationToken);

        await ResumeAsync();

        Assert.Contains("\"status\":\"Waiting\"", (await state.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_of_the_longest_name_has_a_report_and_a_repair()
    {
        var folders = string.Concat(Enumerable.Repeat(new string('f', 99) + "/", 10));

        await SendAsync(await UploadAsync(folders + "a.csv", Encoding.UTF8.GetBytes(Header + "L-1,never,ada@example.com,1\n")));

        Assert.Equal("sent_with_rejections", await ReportAsync("a.csv"));
        Assert.Contains(await NamesAsync(_deadLetters), name => name.EndsWith("/repair.csv", StringComparison.Ordinal));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_file_that_takes_longer_than_an_invocation_may_waits_and_the_timer_ends_it()
    {
        var clock = new TestClock();
        var posts = 0;
        _options = _options with { Delivery = _options.Delivery with { Concurrency = 1, RequestTimeout = TimeSpan.FromHours(1) } };
        _http = new AnsweringHandler(async (_, cancellation) =>
        {
            if (++posts > 3)
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return new HttpResponseMessage(System.Net.HttpStatusCode.OK);
        });
        var blob = await UploadAsync("a.ndjson", Encoding.UTF8.GetBytes(string.Concat(Lines(3_000))));
        var run = SendAsync(blob, clock);
        while (posts <= 3)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        clock.Advance(TimeSpan.FromMinutes(5));
        await run;
        var before = await ReportTextAsync("a.ndjson");
        _http = null;
        await ResumeAsync();

        Assert.Contains("it was interrupted", before, StringComparison.Ordinal);
        Assert.Equal("sent", await ReportAsync("a.ndjson"));
        Assert.InRange(_twin.Summary().DistinctIds, 1_400, 3_000);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task Nothing_of_the_rows_of_a_file_is_logged()
    {
        var content = Header + $"{Secret.Order},2026-11-20T10:00:00Z,{Secret.Email},1\n{Secret.Phone},never,\"{Secret.Key}\n\",1\n{Secret.Sas},\"{Secret.Token}\"x,1\n";
        await SendAsync(await UploadAsync("a.csv", Encoding.UTF8.GetBytes(content)));
        await SendAsync(await UploadAsync("b.csv", Encoding.UTF8.GetBytes($"{Secret.Email},{Secret.Phone},{Secret.Order}\n{Secret.Key},1,2\n")));
        await SendAsync(await UploadAsync("c.csv", [.. Encoding.UTF8.GetBytes(Header + Secret.Order), 0xE9, .. ",2026-11-20T10:00:00Z,a,1\n"u8]));

        Assert.Contains(_book.Entries, entry => entry.Text.Contains("Refused", StringComparison.Ordinal));
        Secret.IsNowhereIn(_book.Texts);
    }

    private async Task WaitingAsync(string name, int number)
    {
        var hold = _options;
        _options = _options with { Exports = _options.Exports with { HoldFor = TimeSpan.Zero } };
        _http = new AnsweringHandler((_, _) => Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable)));
        await SendAsync(await UploadAsync(name, Encoding.UTF8.GetBytes(MessageRig.Lead($"L-{number}") + "\n")));
        (_http, _options) = (null, hold);
    }

    private Task SendAsync(BlobClient blob, TimeProvider? time = null) => new ExportFiles(Instance(time).Exports).RunAsync(blob, CancellationToken.None);

    private Task ResumeAsync() => new ResumeExports(Instance().Exports).RunAsync(new TimerInfo(), CancellationToken.None);

    /// <summary>A new instance of the app.</summary>
    private BlobRig Instance(TimeProvider? time = null)
    {
        var options = _options with { Mapping = _options.Mapping with { General = _options.Mapping.General with { Consent = new ConsentOptions { Policy = ConsentPolicy.Omit } } } };
        var profiles = new CurrentProfiles(options.Mapping.Profiles)
        {
            Catalog = new ProfileCatalog(options.Mapping.Profiles.Parameters, [Tills.Document(), Tills.Document("drawer", "drawer.profile.json")]),
        };
        var setup = new PipelineSetup(
            options, new RecordMapper(options.Mapping, () => profiles.Catalog), new BlobDeadLetterStore(_deadLetters, TimeProvider.System), _http, TimeProvider.System);
        return BlobRig.Of(setup, options, profiles, _exports, _deadLetters, _reports, time ?? TimeProvider.System, _book);
    }

    private static IEnumerable<string> Lines(int count) => Enumerable.Range(0, count).Select(i => MessageRig.Lead($"L-{i}") + "\n");

    private static byte[] Gzip(string content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(content));
        }

        return packed.ToArray();
    }

    private async Task<BlobClient> UploadAsync(string name, byte[] content)
    {
        var blob = _exports.GetBlobClient(name);
        await blob.UploadAsync(BinaryData.FromBytes(content), overwrite: true);
        return blob;
    }

    /// <summary>The verdict of the one report of a file.</summary>
    private async Task<string> ReportAsync(string name)
    {
        using var report = JsonDocument.Parse(await ReportTextAsync(name));
        return report.RootElement.GetProperty("meta").GetProperty("verdict").GetString()!;
    }

    private async Task<string> ReportTextAsync(string name)
    {
        var report = Assert.Single(await NamesAsync(_reports), document =>
            document.StartsWith("files/", StringComparison.Ordinal) && document.Contains($"/{name}", StringComparison.Ordinal)
            && document.EndsWith("/report.json", StringComparison.Ordinal));
        return (await _reports.GetBlobClient(report).DownloadContentAsync()).Value.Content.ToString();
    }

    /// <summary>Nothing is in progress, and no piece of a repair is left.</summary>
    private async Task NothingIsLeftAsync()
    {
        Assert.DoesNotContain(await NamesAsync(_reports), name => name.StartsWith("progress/open/", StringComparison.Ordinal));
        Assert.DoesNotContain(await NamesAsync(_deadLetters), name => name.Contains("/pieces/", StringComparison.Ordinal));
        foreach (var name in (await NamesAsync(_reports)).Where(name => name.StartsWith("progress/state/", StringComparison.Ordinal)))
        {
            Assert.Contains("\"status\":\"Done\"", (await _reports.GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString(), StringComparison.Ordinal);
        }
    }

    private static async Task<List<string>> NamesAsync(BlobContainerClient container)
    {
        var names = new List<string>();
        if (!await container.ExistsAsync())
        {
            return names;
        }

        await foreach (var blob in container.GetBlobsAsync())
        {
            names.Add(blob.Name);
        }

        return names;
    }
}
