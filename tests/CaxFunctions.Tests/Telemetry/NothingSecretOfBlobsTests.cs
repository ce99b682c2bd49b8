using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using Cax.Core;
using Cax.Core.DeadLetters;
using Cax.Core.Delivery;
using Cax.Core.Mapping;
using Cax.Core.Sources;
using Cax.Core.Telemetry;
using Cax.Core.Tests.Support;
using Cax.Storage;
using Cax.Storage.Tests.Support;
using CaxFunctions.Blobs;
using CaxFunctions.Profiles;
using CaxFunctions.Telemetry;
using CaxFunctions.Tests.Support;
using Microsoft.Extensions.Logging;

namespace CaxFunctions.Tests.Telemetry;

/// <summary>What the blob functions log, and what they throw to a host that logs it whole.</summary>
public sealed class NothingSecretOfBlobsTests(Azurite azurite) : IAsyncLifetime
{
    private static readonly string[] Hostile =
    [
        MessageRig.Lead("L-1").Replace(
            "\"lead\":{", $"\"custom\":{{\"phone\":\"{Secret.Phone}\",\"order\":\"{Secret.Order}\"}},\"lead\":{{", StringComparison.Ordinal),
        MessageRig.Lead("L-12"),
        $$"""{"{{Secret.Email}}":"{{Secret.Phone}}"}""",
        $$"""{"customer":"{{Secret.Email}}" """,
        $$$"""{"type":"order.placed","version":1,"source":"{{{Secret.Email}}}","occurredAt":"{{{Secret.Sas}}}","order":{"id":"{{{Secret.Order}}}","currency":"{{{Secret.Phone}}}"}}""",
    ];

    private readonly LogBook _book = new();
    private readonly List<string> _thrown = [];
    private string _connection = null!;
    private string _wrongKey = null!;
    private BlobContainerClient _container = null!;
    private BlobContainerClient _deadLetters = null!;
    private BlobContainerClient _reports = null!;

    public async ValueTask InitializeAsync()
    {
        _connection = await azurite.ConnectionAsync();
        var key = _connection.Split(';').Single(part => part.StartsWith("AccountKey=", StringComparison.Ordinal));
        _wrongKey = _connection.Replace(key, "AccountKey=" + Convert.ToBase64String(new byte[32]), StringComparison.Ordinal);
        _container = await azurite.ContainerAsync();
        await _container.CreateAsync();
        _deadLetters = await azurite.ContainerAsync();
        _reports = await azurite.ContainerAsync();
    }

    public ValueTask DisposeAsync()
    {
        _book.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Whatever_blobs_hold_nothing_of_it_is_told()
    {
        await ExportAsync(Runs(), await UploadAsync("hostile.ndjson", string.Join('\n', Hostile)));
        await ExportAsync(Runs(), _container.GetBlobClient("gone.ndjson"));
        await ReplayAsync(Runs(), await UploadAsync("replay.ndjson", Letters() + string.Join('\n', Hostile)));
        await ExportAsync(Runs(status: 401), await UploadAsync("left.ndjson", string.Join('\n', Hostile.Reverse())));

        Assert.Equal([200, 201, 202, 204, 205, 501, 504], Ids());
        Assert.Empty(_thrown);
        NothingIsTold();
    }

    [Fact]
    public async Task Whatever_a_store_complains_of_it_is_told_in_our_words()
    {
        var blob = await UploadAsync("a.ndjson", string.Join('\n', Hostile));
        var replay = await UploadAsync("replay.ndjson", Letters());
        var nobody = new Uri($"http://127.0.0.1:1/caxtests/{_container.Name}/a.ndjson?{Secret.Sas}");
        BlobClient[] failing =
        [
            new(_wrongKey, _container.Name, blob.Name),
            new(blob.GenerateSasUri(BlobSasPermissions.Read, DateTimeOffset.UnixEpoch.AddYears(1))),
            new(nobody, new BlobClientOptions { Retry = { MaxRetries = 0 } }),
        ];
        foreach (var each in failing)
        {
            await ExportAsync(Runs(), each);
            await ReplayAsync(Runs(), each);
        }

        _deadLetters = new BlobContainerClient(_wrongKey, _deadLetters.Name);
        await ExportAsync(Runs(), blob);
        await ReplayAsync(Runs(), replay);

        Assert.Equal(7, _thrown.Count(text => text.StartsWith("System.IO.IOException: ", StringComparison.Ordinal)));
        Assert.Equal(7, _thrown.Count);
        Assert.Contains(507, Ids());
        Assert.Contains(205, Ids());
        Assert.DoesNotContain(203, Ids());
        NothingIsTold();
    }

    [Fact]
    public async Task Whatever_a_bug_says_only_its_kind_and_its_place_are_told()
    {
        var blob = await UploadAsync("a.ndjson", string.Join('\n', Hostile));
        foreach (var step in (BuggyBlob.Step[])[BuggyBlob.Step.Finding, BuggyBlob.Step.Reading])
        {
            await ExportAsync(Runs(), new BuggyBlob(blob, _connection, step));
            await ReplayAsync(Runs(), new BuggyBlob(blob, _connection, step));
        }

        await ExportAsync(Runs(mapper: new BuggyMapper()), blob);
        await ExportAsync(Runs(store: new InMemoryDeadLetters { Bug = new InvalidCastException(Secret.Everything) }), blob);
        await ReplayAsync(Runs(), new BuggyBlob(await UploadAsync("replay.ndjson", Letters()), _connection, BuggyBlob.Step.Deleting));

        var bugs = _book.Entries.Where(entry => entry.Id == 203).ToList();
        Assert.Equal((7, 7), (bugs.Count, _thrown.Count));
        Assert.All(bugs, bug => Assert.Contains("System.InvalidCastException", bug.Text, StringComparison.Ordinal));
        NothingIsTold();
    }

    [Fact]
    public async Task A_host_that_stops_is_no_bug()
    {
        var blob = await UploadAsync("a.ndjson", string.Join('\n', Hostile));
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ExportFiles(Runs().Exports).RunAsync(blob, stopped.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ReplayedDeadLetters(Runs().Replays).RunAsync(blob, stopped.Token));

        Assert.Empty(_book.Entries);
    }

    private BlobRig Runs(int status = 200, IRecordMapper? mapper = null, IDeadLetterStore? store = null)
    {
        var options = new CaxOptions
        {
            Destinations = new Dictionary<string, Destination>(StringComparer.OrdinalIgnoreCase)
            {
                ["default"] = new("default", "29", new SourceKey(Secret.Key), new Uri("https://collect.example")),
            },
            Exports = new ExportOptions { HoldFor = TimeSpan.Zero },
        };
        var endpoint = new AnsweringHandler((_, _) => Task.FromResult(new HttpResponseMessage((System.Net.HttpStatusCode)status)));
        var setup = new PipelineSetup(
            options, mapper ?? new RecordMapper(options.Mapping), store ?? new BlobDeadLetterStore(_deadLetters, TimeProvider.System), endpoint, TimeProvider.System,
            telemetry: new CaxTelemetry(new PipelineLog(_book.CreateLogger<PipelineLog>()).Tell));
        return BlobRig.Of(setup, options, new CurrentProfiles(options.Mapping.Profiles), _container, _deadLetters, _reports, TimeProvider.System, _book);
    }

    private Task ExportAsync(BlobRig runs, BlobClient blob) => RunAsync(new ExportFiles(runs.Exports).RunAsync(blob, CancellationToken.None));

    private Task ReplayAsync(BlobRig runs, BlobClient blob) => RunAsync(new ReplayedDeadLetters(runs.Replays).RunAsync(blob, CancellationToken.None));

    /// <summary>As the host does it.</summary>
    private async Task RunAsync(Task function)
    {
        if (await Xunit.Record.ExceptionAsync(() => function) is { } thrown)
        {
            _thrown.AddRange(Secret.Texts(thrown));
        }
    }

    private IEnumerable<int> Ids() => _book.Entries.Select(entry => entry.Id).Distinct().Order();

    private void NothingIsTold()
    {
        Secret.IsNowhereIn(_book.Texts.Concat(_thrown));
        Assert.All(_book.Entries, entry => Assert.Empty(entry.Exception));
    }

    /// <summary>Letters as they are and as somebody edited them; the first cannot be replayed.</summary>
    private static string Letters()
    {
        var letter = new DeadLetter
        {
            Name = "29/record_too_large/2026/11/21/0a-0b",
            Reason = ReasonCodes.RecordTooLarge,
            Detail = Secret.Everything,
            Origin = new DeadLetterOrigin(Secret.Email, Secret.Order, 1, 1, 0, 1, DateTimeOffset.UnixEpoch),
            Destination = Secret.Email,
            OriginalSha256 = Secret.Everything,
            Original = Encoding.UTF8.GetBytes(Secret.Everything),
        };
        DeadLetter[] all =
        [
            letter,
            letter with { Name = $"29/{Secret.Email}/{Secret.Sas}/{Secret.Order}-1" },
            letter with { Reason = Secret.Email },
            letter with { Name = "29/refused/2026/11/21/0a-0c", Reason = ReasonCodes.Refused, OriginalSha256 = null },
        ];
        return string.Concat(all.Select(each => Encoding.UTF8.GetString(DeadLetterJson.Write(each))));
    }

    private async Task<BlobClient> UploadAsync(string name, string content)
    {
        var blob = _container.GetBlobClient(name);
        await blob.UploadAsync(BinaryData.FromString(content), overwrite: true);
        return blob;
    }

    private sealed class BuggyMapper : IRecordMapper
    {
        public MapResult Map(ReadOnlyMemory<byte> utf8, RecordOrigin origin) => throw new InvalidCastException(Secret.Everything);
    }
}
