using Cax.Core.Batching;
using Cax.Core.Duplicates;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Telemetry;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Duplicates;

public sealed class AcrossRunsTests : IDisposable
{
    private static readonly HashedIds Ids = new(new IdentityOptions { HashKey = "key" });

    private readonly TestClock _clock = new();
    private readonly InMemoryDocuments _store = new();
    private readonly TelemetryProbe _probe = new();

    public void Dispose() => _probe.Dispose();

    [Fact]
    public async Task What_another_process_sent_is_already_sent()
    {
        await Process().RunAsync(new TestDelivery("monday", Lead("1"), Lead("2")));

        var tuesday = Process();
        var result = await tuesday.RunAsync(new TestDelivery("tuesday", Lead("2"), Lead("3")));

        Assert.Equal((1, 1), (result.Accounts.Records.Sent, result.Accounts.Records.Skipped));
        Assert.Equal(1, result.Accounts.Reasons["already_sent"]);
        Assert.Equal(["lead 3"], Accepted(tuesday));
    }

    [Fact]
    public async Task Without_the_setting_it_is_sent_again_and_no_receipts_are_read()
    {
        await Process().RunAsync(new TestDelivery("monday", Lead("1")));
        _store.Looks.Clear();

        var result = await Process(days: 0).RunAsync(new TestDelivery("tuesday", Lead("1")));

        Assert.Equal(1, result.Accounts.Records.Sent);
        Assert.DoesNotContain(_store.Looks, name => name.StartsWith("receipts/2026/11/2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_that_was_changed_is_sent_and_so_is_one_that_was_changed_back()
    {
        foreach (var version in new[] { "a", "b", "b", "a", "a" })
        {
            await Process().RunAsync(new TestDelivery("export", Lead("1", version)));
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(["a", "b", "a"], await SentVersionsAsync());
    }

    [Fact]
    public async Task An_order_that_was_changed_back_is_sent_though_the_receipt_of_the_change_is_not_written_yet()
    {
        var process = Process();
        process.Options = process.Options with { Batching = new BatchingOptions { MaxEvents = 1 } };
        await process.RunAsync(new TestDelivery("monday", Lead("1", "a")));
        _clock.Advance(TimeSpan.FromHours(1));
        process.Endpoint.Requests.Clear();

        await process.RunAsync(new TestDelivery("tuesday", Lead("1", "b"), Lead("2"), Lead("1", "a")) { Before = _ => Task.Delay(TimeSpan.FromSeconds(5), _clock) });

        Assert.Equal(["lead 1", "lead 2", "lead 1"], Accepted(process));
    }

    [Fact]
    public async Task What_was_sent_longer_ago_is_sent_again()
    {
        await Process().RunAsync(new TestDelivery("a", Lead("1")));
        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await Process().RunAsync(new TestDelivery("b", Lead("1")))).Accounts.Records.Sent);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, (await Process().RunAsync(new TestDelivery("c", Lead("1")))).Accounts.Records.Sent);
    }

    [Fact]
    public async Task What_was_parked_skipped_or_returned_before_was_not_sent()
    {
        var down = Process();
        down.Endpoint.Answer = _ => 401;
        await down.RunAsync(new TestDelivery("a", Lead("1")) { Last = true }, new TestDelivery("b", Lead("2"), Lead("2")));

        Assert.Equal(2, (await Process().RunAsync(new TestDelivery("c", Lead("1"), Lead("2")))).Accounts.Records.Sent);
    }

    [Fact]
    public async Task Another_destination_has_not_got_it_and_a_replay_sends_it_again()
    {
        await Process().RunAsync(new TestDelivery("a", Lead("1")));

        var second = await Process().RunAsync(new TestDelivery("b", Lead("1")) { To = "second" }, new TestDelivery("c", Lead("1")) { To = "DEFAULT" });
        var replay = await Process().RunAsync(new RunOptions { IgnoreEarlierRuns = true }, CancellationToken.None, new TestDelivery("d", Lead("1")));

        Assert.Equal((1, 1), (second.Accounts.Records.Sent, second.Accounts.Records.Skipped));
        Assert.Equal(1, replay.Accounts.Records.Sent);
    }

    [Fact]
    public async Task A_run_that_goes_on_after_a_crash_sends_again_what_was_forgotten_and_nothing_else()
    {
        var process = Process();
        await process.RunAsync(new TestDelivery("a", Lead("1")));
        await process.RunAsync(new TestDelivery("b", Lead("2")));
        var broken = _store.Texts.Keys.Single(name => _store.Texts[name].Contains("\"delivery\":\"b\"", StringComparison.Ordinal));

        await process.Receipts!.ForgetAsync(new DateOnly(2026, 11, 21), "run-", name => broken.Contains(name, StringComparison.Ordinal), CancellationToken.None);
        var result = await process.RunAsync(
            new RunOptions { ForgetsProcess = true }, CancellationToken.None, new TestDelivery("c", Lead("1"), Lead("2")));

        Assert.Equal((1, 1), (result.Accounts.Records.Sent, result.Accounts.Records.Skipped));
    }

    [Fact]
    public async Task A_process_looks_for_the_receipts_of_others_once_a_minute_and_reads_each_document_once()
    {
        var (one, other) = (Process(), Process());
        await one.RunAsync(new TestDelivery("a", Lead("1")));
        await other.RunAsync(new TestDelivery("b", Lead("2")));

        Assert.Equal(1, (await one.RunAsync(new TestDelivery("c", Lead("2")))).Accounts.Records.Sent);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await other.RunAsync(new TestDelivery("d", Lead("3")));
        Assert.Equal(0, (await one.RunAsync(new TestDelivery("e", Lead("3")))).Accounts.Records.Sent);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await one.RunAsync(new TestDelivery("f", Lead("4")));
        var read = _store.Looks.Where(name => name.EndsWith(".ndjson", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, read.Count);
        Assert.Equal(4, read.Distinct().Count());
    }

    [Fact]
    public async Task Receipts_that_cannot_be_read_are_told_and_the_run_goes_on_without()
    {
        await Process().RunAsync(new TestDelivery("a", Lead("1")));
        var process = Process();
        _store.Fails = true;

        var result = await process.RunAsync(new TestDelivery("b", Lead("1")));

        Assert.Equal(1, result.Accounts.Records.Sent);
        Assert.Contains(new ReceiptsUnread("IOException", "the disk is full"), _probe.Notices);
        _store.Fails = false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await process.RunAsync(new TestDelivery("c", Lead("4")));
        await Process().RunAsync(new TestDelivery("d", Lead("5")));
        Assert.Single(_probe.Notices.OfType<ReceiptsUnread>());
    }

    [Fact]
    public async Task A_damaged_receipt_costs_a_repetition_and_no_event()
    {
        await _store.WriteAsync("receipts/2026/11/21/a.ndjson", "{\"at\":\n\n{}"u8.ToArray(), CancellationToken.None);

        Assert.Equal(1, (await Process().RunAsync(new TestDelivery("a", Lead("1")))).Accounts.Records.Sent);
        Assert.Empty(_probe.Notices);
    }

    [Fact]
    public void Of_very_many_the_oldest_are_forgotten()
    {
        var book = new ReceiptBook(_store, Ids, _clock);
        var runs = new EarlierRuns(book, 7, _clock, _ => { }, most: 100);
        for (var i = 0; i < 250; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            runs.Add(new Receipt(_clock.UtcNow, $"{i % 150}", "purchase", null, OutcomeKind.Sent, null, "default", "a", 1, "00000000000000ff"));
        }

        Assert.Equal(100, Enumerable.Range(0, 150).Count(i => runs.SentAt(EventKey.Of("DEFAULT", $"{i}", default), 255) > 0));
        Assert.True(runs.SentAt(EventKey.Of("DEFAULT", "99", default), 255) > 0);
        Assert.Equal(0, runs.SentAt(EventKey.Of("DEFAULT", "120", default), 255));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Of_overlapping_exports_each_version_is_sent_once_in_so_many_days_and_none_is_lost(int seed)
    {
        var chance = new Random(seed);
        var days = chance.Next(1, 10);
        var processes = new List<(PipelineRig Rig, Dictionary<int, string> Memory)>();
        var versions = Enumerable.Repeat(0, 40).ToArray();
        var lastSent = new Dictionary<int, (string Version, DateTimeOffset At)>();
        var (skipped, repeated) = (0, 0);
        for (var export = 0; export < 60; export++)
        {
            _clock.Advance(TimeSpan.FromHours(chance.Next(1, 30)) + TimeSpan.FromMinutes(2));
            if (processes.Count == 0 || chance.Next(3) == 0)
            {
                processes.Add((Process(days), []));
            }

            for (var change = chance.Next(8); change > 0; change--)
            {
                versions[chance.Next(versions.Length)]++;
            }

            var (rig, memory) = processes[chance.Next(processes.Count)];
            var isDown = chance.Next(6) == 0;
            rig.Endpoint.Answer = _ => isDown ? 401 : 200;
            rig.Endpoint.Requests.Clear();
            _clock.Advance(TimeSpan.FromMinutes(isDown ? 0 : 2));
            var exported = Enumerable.Range(0, versions.Length).Where(_ => chance.Next(3) > 0).ToDictionary(order => order, order => $"v{versions[order]}");

            await rig.RunAsync(new TestDelivery($"export {export}", exported.Select(order => Lead($"{order.Key}", order.Value))));

            var expected = exported.Where(order => memory.GetValueOrDefault(order.Key) != order.Value
                && !(lastSent.TryGetValue(order.Key, out var last) && last.Version == order.Value && last.At > _clock.UtcNow.AddDays(-days))).ToList();
            Assert.Equal(isDown ? [] : expected.Select(order => $"lead {order.Key}").Order(), Accepted(rig).Order());
            skipped += exported.Count - expected.Count;
            foreach (var (order, version) in isDown ? [] : expected)
            {
                repeated += lastSent.TryGetValue(order, out var last) && last.Version == version ? 1 : 0;
                lastSent[order] = (version, _clock.UtcNow);
                memory[order] = version;
            }

            if (!isDown)
            {
                Assert.All(exported, order => Assert.Equal(order.Value, lastSent[order.Key].Version));
            }
        }

        Assert.True(skipped > 100, "nothing overlapped");
        Assert.True(days > 6 || repeated > 0, "no time ran out");
    }

    private PipelineRig Process(int days = 7)
    {
        var rig = new PipelineRig(_clock) { Receipts = new ReceiptBook(_store, Ids, _clock), Telemetry = _probe.Telemetry };
        rig.Options = rig.Options with { Duplicates = new DuplicateOptions { AcrossRuns = days } };
        return rig;
    }

    private static string Lead(string order, string version = "v0") => Leads.WithoutId($"lead {order}", $"\"note\":\"{version}\",");

    private static IEnumerable<string> Accepted(PipelineRig rig) => rig.Endpoint.Requests
        .Where(posted => posted.Status == 200)
        .SelectMany(posted => System.Text.Json.JsonDocument.Parse(posted.Body).RootElement.GetProperty("batch").EnumerateArray())
        .Select(@event => @event.GetProperty("id").GetString()!);

    /// <summary>The versions of the one order that was sent, oldest first.</summary>
    private async Task<List<string>> SentVersionsAsync()
    {
        var book = new ReceiptBook(_store, Ids, _clock);
        var contents = new List<string>();
        await foreach (var document in book.DocumentsAsync(new DateOnly(2026, 11, 21), CancellationToken.None))
        {
            contents.AddRange(await book.ReadAsync(document, CancellationToken.None)
                .Where(receipt => receipt!.Outcome == OutcomeKind.Sent).Select(receipt => receipt!.Content!).ToListAsync());
        }

        return [.. contents.Select(content => content == contents[0] ? "a" : "b")];
    }
}
