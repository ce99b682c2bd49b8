using Cax.Core.Batching;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;
using Cax.Core.Telemetry;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Reports.Receipts;

public sealed class RunReceiptsTests : IDisposable
{
    private static readonly HashedIds Ids = new(new IdentityOptions { HashKey = "key" });

    private readonly TestClock _clock = new();
    private readonly InMemoryDocuments _store = new();
    private readonly TelemetryProbe _probe = new();
    private readonly PipelineRig _rig;

    public RunReceiptsTests() =>
        _rig = new PipelineRig(_clock) { Receipts = new ReceiptBook(_store, Ids, _clock), Telemetry = _probe.Telemetry };

    public void Dispose() => _probe.Dispose();

    [Fact]
    public async Task A_run_writes_down_what_became_of_each_event_of_its_deliveries()
    {
        await _rig.RunAsync(
            new TestDelivery("messages/1", Leads.Event("a"), "{", Leads.Event("a")),
            new TestDelivery("messages/2", Leads.Event("b", "\"currency\":\"euro\",")) { To = "SECOND" },
            new TestDelivery("messages/3", Leads.Event("c")) { To = "ada@example.com" });

        var receipts = await ReceiptsAsync();
        Assert.StartsWith("receipts/2026/11/21/run-090000000-", Assert.Single(_store.Texts.Keys), StringComparison.Ordinal);
        Assert.Equal(
            [
                ("default", "messages/1", 1, "a", OutcomeKind.Sent, null),
                ("default", "messages/1", 2, null, OutcomeKind.DeadLettered, "malformed_json"),
                ("default", "messages/1", 3, "a", OutcomeKind.Skipped, "duplicate"),
                ("second", "messages/2", 1, "b", OutcomeKind.DeadLettered, "invalid_event"),
                ("(unknown)", "messages/3", 1, null, OutcomeKind.DeadLettered, "unknown_destination"),
            ],
            receipts.Select(receipt => (receipt.Destination, receipt.Delivery, (int)receipt.Line, receipt.EventId, receipt.Outcome, receipt.Reason)));
        Assert.Equal(Ids.Of("L-a"), receipts[0].BusinessId);
    }

    [Fact]
    public async Task Receipts_name_nobody()
    {
        await _rig.RunAsync(new TestDelivery(
            "messages/1",
            Leads.Event("a", "\"method\":\"ada@example.com\","),
            Leads.Event("b", "\"currency\":\"ada@example.com\","),
            """{"type":"lead.created","customer":{"email":"ada@example.com"}}""",
            "{\"ada@example.com\""));

        var text = Assert.Single(_store.Texts.Values);
        Assert.Equal(4, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(["ada", "example.com", "L-a", "C-a"], word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_and_a_delivery_that_keeps_its_own_write_none()
    {
        var own = new KeepsItsOwn(Leads.Event("b"));

        await _rig.RunAsync(new RunOptions { DryRun = true }, CancellationToken.None, new TestDelivery("a", Leads.Event("a")));
        await _rig.RunAsync(own);

        Assert.Empty(_store.Texts);
        Assert.Equal(1, own.Heard);
    }

    [Fact]
    public async Task A_run_without_end_writes_some_thousand_at_a_time()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxPendingBytes = 1_000_000 } };

        await _rig.RunAsync(new TestDelivery("stream", Leads.Events(12_000)));

        Assert.Equal(3, _store.Texts.Count);
        Assert.Equal(12_000, (await ReceiptsAsync()).Count(receipt => receipt.Outcome == OutcomeKind.Sent));
    }

    [Fact]
    public async Task A_run_that_is_interrupted_writes_what_it_knows()
    {
        using var interrupted = new CancellationTokenSource();
        await _rig.RunAsync(new RunOptions(), interrupted.Token, new TestDelivery("a", Leads.Events(3)) { AfterLast = interrupted.Cancel });

        Assert.Equal(3, (await ReceiptsAsync()).Count);
    }

    [Fact]
    public async Task A_store_that_fails_costs_receipts_and_nothing_else_and_is_left_alone_for_a_minute()
    {
        _store.Fails = true;
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxPendingBytes = 1_000_000 } };

        var result = await _rig.RunAsync(new TestDelivery("a", Leads.Events(12_000)));
        var next = await _rig.RunAsync(new TestDelivery("b", Leads.Event("b")));

        Assert.Equal((12_000, 1), (result.Accounts.Records.Sent, next.Accounts.Records.Sent));
        var failed = Assert.IsType<ReceiptsFailed>(Assert.Single(_probe.Notices));
        Assert.InRange(failed.Receipts, 5_000, 6_000);
        Assert.Equal(("IOException", "the disk is full"), (failed.Failure, failed.Detail));
        Assert.Equal(1, _store.Writes);

        _store.Fails = false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _rig.RunAsync(new TestDelivery("c", Leads.Event("c")));
        Assert.Equal("c", Assert.Single(await ReceiptsAsync()).EventId);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_not_waited_for_without_end()
    {
        _store.BeforeWriting = stop => Task.Delay(TimeSpan.FromHours(1), _clock, stop);
        var begin = _clock.UtcNow;

        await _rig.RunAsync(new TestDelivery("a", Leads.Event("a")));

        Assert.InRange(_clock.UtcNow - begin, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal("the store did not answer in time", Assert.IsType<ReceiptsFailed>(Assert.Single(_probe.Notices)).Detail);
    }

    [Fact]
    public async Task A_run_deletes_receipts_that_are_too_old()
    {
        await _store.WriteAsync("receipts/2026/09/01/a.ndjson", ReadOnlyMemory<byte>.Empty, CancellationToken.None);

        await _rig.RunAsync(new TestDelivery("a", Leads.Event("a")));

        Assert.DoesNotContain("receipts/2026/09/01/a.ndjson", _store.Texts.Keys);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_receipts_of_any_run_balance_with_its_accounts(int seed)
    {
        var chance = new Random(seed);
        _rig.Endpoint.Answer = posted => posted.Body.Contains("poison", StringComparison.Ordinal) ? 400
            : posted.Query.Contains("tc_s=30", StringComparison.Ordinal) ? 401
            : 200;
        var deliveries = Enumerable.Range(0, 20).Select(number => (SourceDelivery)new TestDelivery(
            $"messages/{number}", Enumerable.Range(0, chance.Next(1, 40)).Select(_ => RandomRecord(chance)).ToList())
        {
            To = chance.Next(6) switch { 0 => "second", 1 => "nowhere", _ => "default" },
            Last = chance.Next(4) == 0,
        }).ToArray();

        var accounts = (await _rig.RunAsync(deliveries)).Accounts;

        var receipts = await ReceiptsAsync();
        var ofEvents = receipts.Where(receipt => receipt.Content is not null).ToList();
        Assert.Equal(
            (accounts.Events.Total, accounts.Events.Sent, accounts.Events.DeadLettered, accounts.Events.Skipped, accounts.Events.Returned),
            (ofEvents.Count, Count(OutcomeKind.Sent), Count(OutcomeKind.DeadLettered), Count(OutcomeKind.Skipped), Count(OutcomeKind.Returned)));
        Assert.Equal(accounts.Records.Total, receipts.Select(receipt => (receipt.Delivery, receipt.Line)).Distinct().Count());
        Assert.True(accounts.Events.Sent > 0 && accounts.Events.Skipped > 0 && accounts.Events.DeadLettered > 0 && accounts.Events.Returned > 0);
        Assert.NotEqual(receipts.Count, ofEvents.Count);

        long Count(OutcomeKind kind) => ofEvents.Count(receipt => receipt.Outcome == kind);
    }

    private static string RandomRecord(Random chance) => chance.Next(12) switch
    {
        0 => "{",
        1 => "{\"of\":\"nothing we know\"}",
        2 => Leads.Event("p" + chance.Next(40), "\"note\":\"poison\","),
        3 => Leads.Event("i" + chance.Next(40), "\"currency\":\"euro\","),
        4 => Leads.WithoutId("v" + chance.Next(10), $"\"note\":\"{chance.Next(3)}\","),
        _ => Leads.Event("e" + chance.Next(200)),
    };

    private async Task<List<Receipt>> ReceiptsAsync()
    {
        var book = new ReceiptBook(_store, Ids, _clock);
        var all = new List<Receipt>();
        await foreach (var document in book.DocumentsAsync(new DateOnly(2026, 11, 21), CancellationToken.None))
        {
            all.AddRange(await book.ReadAsync(document, CancellationToken.None).Select(receipt => receipt!).ToListAsync());
        }

        return all;
    }

    private sealed class KeepsItsOwn(string record) : SourceDelivery
    {
        private readonly TestDelivery _inner = new("own", record);

        public int Heard { get; private set; }

        public override string SourceName => _inner.SourceName;

        public override string Name => _inner.Name;

        public override string Identity => _inner.Identity;

        public override string Destination => _inner.Destination;

        public override DateTimeOffset ReceivedAt => _inner.ReceivedAt;

        public override bool WantsRecords => true;

        public override IAsyncEnumerable<Cax.Core.Sources.Record> ReadAsync(CancellationToken cancellation) => _inner.ReadAsync(cancellation);

        public override void Finished(FinishedRecord record) => Heard++;

        public override ValueTask SettleAsync(Outcome outcome, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
