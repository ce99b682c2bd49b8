using System.Text;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Reports;
using Cax.Core.Reports.Receipts;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using Record = Cax.Core.Sources.Record;

namespace Cax.Core.Tests.Reports.Receipts;

public sealed class ReceiptBookTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly HashedIds Ids = new(new IdentityOptions { HashKey = "key" });

    private readonly TestClock _clock = new(TestClock.Morning.AddMilliseconds(7));
    private readonly InMemoryDocuments _store = new();
    private readonly ReceiptBook _book;

    public ReceiptBookTests() => _book = new ReceiptBook(_store, Ids, _clock, keepDays: 30);

    [Fact]
    public async Task A_receipt_is_a_line_of_json_about_an_event_that_names_nobody()
    {
        var sheet = _book.Begin("outlet", "2026/orders.csv");
        sheet.Add(Finished(12, Outcome.Sent, Lead("L-1")));
        sheet.Add(Finished(15, Outcome.Skipped("test_order")));

        await _book.WriteAsync(sheet, Today, "0123456789abcdef-0000001", CancellationToken.None);

        var (name, text) = Assert.Single(_store.Texts);
        Assert.Equal("receipts/2026/11/21/0123456789abcdef-0000001.ndjson", name);
        Assert.Equal(
            $$"""
            {"at":"2026-11-21T09:00:00.007Z","outcome":"sent","event":"generate_lead","eventId":"L-1","businessId":"{{Ids.Of("L-L-1")}}","destination":"outlet","delivery":"2026/orders.csv","line":12,"content":"{{Digits(Leads.Event("L-1"))}}"}
            {"at":"2026-11-21T09:00:00.007Z","outcome":"skipped","reason":"test_order","destination":"outlet","delivery":"2026/orders.csv","line":15}

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public async Task Receipts_come_back_as_they_were_written()
    {
        var sheet = _book.Begin("outlet", "2026/\"orders\" é 😀.csv");
        sheet.Add(Finished(1, Outcome.Parked("invalid_event", "no"), Lead("a"), Lead("b")));
        sheet.Add(Finished(2, Outcome.Returned("endpoint_unavailable"), Lead("c")));
        sheet.Add(Finished(3, Outcome.Sent, Lead("")));

        await _book.WriteAsync(sheet, Today, "a", CancellationToken.None);

        Assert.Equal<Receipt?>(sheet.InOrder(), await ReadAsync("receipts/2026/11/21/a.ndjson"));
        Assert.Equal(["a", "b", "c", null], sheet.InOrder().Select(receipt => receipt.EventId));
    }

    [Fact]
    public async Task The_order_of_lines_is_that_of_the_file_whatever_ended_first()
    {
        var finished = Enumerable.Range(1, 50).Select(line => Finished(line, Outcome.Sent, Lead($"{line}-b"), Lead($"{line}-a"))).ToList();
        for (var i = 0; i < 2; i++)
        {
            var sheet = _book.Begin("default", "orders.csv");
            Parallel.ForEach(i == 0 ? finished : finished.AsEnumerable().Reverse(), sheet.Add);
            await _book.WriteAsync(sheet, Today, $"{i}", CancellationToken.None);
        }

        var texts = _store.Texts.Values.ToList();
        Assert.Equal(texts[0], texts[1]);
        Assert.Equal([1, 1, 2, 2], (await ReadAsync("receipts/2026/11/21/0.ndjson")).Take(4).Select(receipt => receipt!.Line));
    }

    [Fact]
    public async Task A_sheet_that_is_written_again_takes_the_place_of_the_first()
    {
        foreach (var id in new[] { "first", "second" })
        {
            var sheet = _book.Begin("default", "orders.csv");
            sheet.Add(Finished(1, Outcome.Sent, Lead(id)));
            await _book.WriteAsync(sheet, Today, "block", CancellationToken.None);
        }

        Assert.Equal(["second"], (await ReadAsync("receipts/2026/11/21/block.ndjson")).Select(receipt => receipt!.EventId));
    }

    [Fact]
    public async Task An_empty_sheet_is_not_written()
    {
        await _book.WriteAsync(_book.Begin("default", "orders.csv"), Today, "a", CancellationToken.None);

        Assert.Empty(_store.Texts);
        Assert.Empty(await ReadAsync("receipts/2026/11/21/a.ndjson"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"at\":\"2026-11-21T09:00:00Z\",\"outcome\":\"sent\",\"destination\":\"default\"}")]
    [InlineData("{\"at\":\"yesterday\",\"outcome\":\"sent\",\"destination\":\"default\",\"delivery\":\"a\"}")]
    [InlineData("{\"at\":\"2026-11-21T09:00:00Z\",\"outcome\":\"lost\",\"destination\":\"default\",\"delivery\":\"a\"}")]
    [InlineData("{\"at\":\"2026-11-21T09:00:00Z\",\"outcome\":\"sent\",\"destination\":\"default\",\"delivery\":\"a\",\"line\":1.5}")]
    [InlineData("{\"at\":\"2026-11-21T09:00:00Z\",\"outcome\":\"sent\",\"destination\":\"default\",\"delivery\":\"a\"")]
    [InlineData("{\"at\":\"2026-11-21T09:00:00Z\",\"outcome\":\"sent\",\"destination\":\"default\",\"delivery\":\"a\"} {}")]
    [InlineData("\u00FF")]
    public async Task A_line_that_is_no_receipt_hides_none(string line)
    {
        const string Good = "{\"version\":{\"of\":[2]},\"at\":\"2026-11-21T09:00:00Z\",\"outcome\":\"sent\",\"destination\":\"default\",\"delivery\":\"a\",\"line\":3}";
        await _store.WriteAsync("receipts/2026/11/21/a.ndjson", Encoding.Latin1.GetBytes($"{Good}\n{line}\n{Good}"), CancellationToken.None);

        Assert.Equal([3, null, 3], (await ReadAsync("receipts/2026/11/21/a.ndjson")).Select(receipt => receipt?.Line));
    }

    [Fact]
    public async Task A_line_without_an_end_is_not_held()
    {
        await _store.WriteAsync("receipts/2026/11/21/a.ndjson", new byte[50_000_000], CancellationToken.None);

        Assert.Equal([null], await ReadAsync("receipts/2026/11/21/a.ndjson"));
    }

    [Fact]
    public async Task What_a_sender_wrote_is_cut()
    {
        var sheet = _book.Begin("default", "orders.csv");
        sheet.Add(Finished(1, Outcome.Sent, Lead(new string('x', 255) + "😀" + new string('y', 30_000))));

        await _book.WriteAsync(sheet, Today, "a", CancellationToken.None);

        Assert.InRange(Assert.Single(_store.Texts.Values).Length, 256, 800);
        Assert.Equal(new string('x', 255) + "\uFFFD", (await ReadAsync("receipts/2026/11/21/a.ndjson"))[0]!.EventId);
    }

    [Fact]
    public async Task Receipts_are_kept_for_as_many_days_as_the_settings_say()
    {
        foreach (var day in new[] { Today.AddDays(-400), Today.AddDays(-31), Today.AddDays(-30), Today.AddDays(-1), Today })
        {
            await WriteAsync(day, "a");
        }

        await _store.WriteAsync("receipts/2001/notes.txt", ReadOnlyMemory<byte>.Empty, CancellationToken.None);
        await _store.WriteAsync("receipts/1999/01/01/notes.txt", ReadOnlyMemory<byte>.Empty, CancellationToken.None);
        await _store.WriteAsync("parts/2001/01/01/a.ndjson", ReadOnlyMemory<byte>.Empty, CancellationToken.None);

        await _book.PruneAsync(CancellationToken.None);

        Assert.Equal(
            [
                "parts/2001/01/01/a.ndjson", "receipts/1999/01/01/notes.txt", "receipts/2001/notes.txt", "receipts/2026/10/22/a.ndjson",
                "receipts/2026/11/20/a.ndjson", "receipts/2026/11/21/a.ndjson",
            ],
            _store.Texts.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Old_receipts_are_looked_for_once_a_day()
    {
        await _book.PruneAsync(CancellationToken.None);
        await WriteAsync(Today.AddDays(-31), "a");
        _clock.Advance(TimeSpan.FromHours(14));
        await _book.PruneAsync(CancellationToken.None);
        Assert.Single(_store.Texts);
        Assert.Single(_store.Looks);

        _clock.Advance(TimeSpan.FromHours(2));
        await _book.PruneAsync(CancellationToken.None);

        Assert.Empty(_store.Texts);
    }

    [Fact]
    public async Task What_a_run_wrote_that_broke_off_can_be_forgotten()
    {
        foreach (var name in new[] { "k-0000001", "k-0000002", "k-0000003", "other-0000003" })
        {
            await WriteAsync(Today, name);
        }

        await WriteAsync(Today.AddDays(-1), "k-0000003");

        await _book.ForgetAsync(Today, "k-", name => string.CompareOrdinal(name, "k-0000001") > 0, CancellationToken.None);

        Assert.Equal(
            ["receipts/2026/11/20/k-0000003.ndjson", "receipts/2026/11/21/k-0000001.ndjson", "receipts/2026/11/21/other-0000003.ndjson"],
            _store.Texts.Keys.Order(StringComparer.Ordinal));
    }

    private async Task WriteAsync(DateOnly day, string name)
    {
        var sheet = _book.Begin("default", "orders.csv");
        sheet.Add(Finished(1, Outcome.Sent, Lead("a")));
        await _book.WriteAsync(sheet, day, name, CancellationToken.None);
    }

    private Task<List<Receipt?>> ReadAsync(string document) => _book.ReadAsync(document, CancellationToken.None).ToListAsync().AsTask();

    private static CaxEvent Lead(string id) => new("generate_lead", id, true, 0, Encoding.UTF8.GetBytes(Leads.Event(id)));

    private static FinishedRecord Finished(int line, Outcome outcome, params CaxEvent[] events) => new(
        new Record { Position = new RecordPosition(line, 1, line * 100, 99) }, outcome, null, [], [.. events.Select(@event => new FinishedEvent(@event, outcome, []))]);

    private static string Digits(string @event) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(@event)))[..16];
}
