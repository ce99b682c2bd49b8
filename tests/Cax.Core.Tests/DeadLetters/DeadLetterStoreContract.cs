using System.Text;
using Cax.Core.DeadLetters;
using Cax.Core.Events;
using Cax.Core.Mapping;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.DeadLetters;

/// <summary>What every store of dead letters does.</summary>
public abstract class DeadLetterStoreContract
{
    protected abstract IDeadLetterStore Store { get; }

    /// <summary>A store that cannot be reached.</summary>
    protected abstract IDeadLetterStore Unreachable { get; }

    [Fact]
    public async Task A_letter_comes_back_exactly_as_it_was_written()
    {
        var letter = Letter("29/invalid_event/2026/11/21/aa", [0xFF, 0x00, 0x7B]) with
        {
            Findings = [new Finding("CAX032", Severity.Error, "$.currency", "must be three letters"), new Finding("CAX014", Severity.Warning, "$", "old")],
            HttpStatus = 400,
            Attempts = 3,
            EventName = "purchase",
            EventId = "id-1",
            Profile = new ProfileChoice("woocommerce", ProfileRule.Queue),
            Properties = MessageProperties.Of([new("X-Topic", "orders/create"), new("tries", 3)]),
            Event = "{\"event_name\":\"purchase\",\"note\":\"é 😀 \\u00e9\"}"u8.ToArray(),
        };

        await Store.Begin().WriteAsync([letter], CancellationToken.None);

        var stored = Assert.Single(await AllAsync());
        Assert.Equal(letter.Name, stored.Name);
        Assert.Empty(stored.Replays);
        var back = stored.Letter!;
        Assert.Equal(letter.Findings, back.Findings);
        Assert.Equal(letter.Original.ToArray(), back.Original.ToArray());
        Assert.Equal(letter.Event.ToArray(), back.Event.ToArray());
        Assert.Equal(new Dictionary<string, string> { ["tries"] = "3", ["X-Topic"] = "orders/create" }, back.Properties);
        Assert.Equal(
            letter with { Findings = [], Original = default, Event = default, Properties = MessageProperties.None },
            back with { Findings = [], Original = default, Event = default, Properties = MessageProperties.None });
    }

    [Fact]
    public async Task A_reference_to_a_large_record_comes_back()
    {
        var letter = Letter("29/record_too_large/2026/11/21/bb", "the head"u8.ToArray()) with { OriginalSha256 = new string('a', 64) };

        await Store.Begin().WriteAsync([letter], CancellationToken.None);

        var back = Assert.Single(await AllAsync()).Letter!;
        Assert.Equal(letter.OriginalSha256, back.OriginalSha256);
        Assert.Equal("the head", Encoding.UTF8.GetString(back.Original.Span));
    }

    [Fact]
    public async Task Writing_the_same_name_twice_leaves_one_letter_the_later_one()
    {
        var letter = Letter("29/refused/2026/11/21/cc", "{}"u8.ToArray());

        await Store.Begin().WriteAsync([letter], CancellationToken.None);
        await Store.Begin().WriteAsync([letter with { Attempts = 9 }], CancellationToken.None);

        Assert.Equal(9, Assert.Single(await AllAsync()).Letter!.Attempts);
    }

    [Fact]
    public async Task The_letters_of_later_blocks_are_forgotten_whatever_their_reason_and_no_others()
    {
        var received = new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
        string Prefix(string file, string reason) =>
            new BlockLetters("29", file, received, 0).Prefixes.Single(prefix => prefix.StartsWith($"29/{reason}/", StringComparison.Ordinal));
        string Name(string file, string reason, int block, int record) => FormattableString.Invariant($"{Prefix(file, reason)}{block:x8}-{record:x16}");
        var letters = new[]
        {
            Name("orders", "refused", 1, 1), Name("orders", "refused", 2, 1), Name("orders", "invalid_event", 2, 2), Name("orders", "consent_unknown", 17, 3),
            Name("leads", "refused", 9, 1), Prefix("orders", "refused") + "-00000000000000aa",
        };
        await Store.Begin().WriteAsync([.. letters.Select(name => Letter(name, "{}"u8.ToArray()))], CancellationToken.None);
        await Store.WriteResultAsync(letters[1], new ReplayResult(received, OutcomeKind.Sent, null, null), CancellationToken.None);

        await Store.ForgetAsync(new BlockLetters("29", "orders", received, After: 1), CancellationToken.None);

        Assert.Equal(
            new[] { letters[0], letters[4], letters[5] }.Order(StringComparer.Ordinal),
            (await AllAsync()).Select(stored => stored.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Letters_come_in_the_order_of_their_names()
    {
        foreach (var name in new[] { "29/refused/2026/11/21/b", "29/consent_unknown/2026/11/21/c", "_unknown/malformed_json/2026/11/20/a" })
        {
            await Store.Begin().WriteAsync([Letter(name, "{}"u8.ToArray())], CancellationToken.None);
        }

        Assert.Equal(
            ["29/consent_unknown/2026/11/21/c", "29/refused/2026/11/21/b", "_unknown/malformed_json/2026/11/20/a"],
            (await AllAsync()).Select(stored => stored.Name));
    }

    [Fact]
    public async Task Results_of_replays_stand_beside_the_letter_oldest_first_and_change_nothing_of_it()
    {
        var letter = Letter("29/refused/2026/11/21/dd", "{\"a\":1}"u8.ToArray());
        await Store.Begin().WriteAsync([letter], CancellationToken.None);
        var first = new ReplayResult(TestClock.Morning, OutcomeKind.Returned, "endpoint_unavailable", "down");
        var second = new ReplayResult(TestClock.Morning.AddHours(1), OutcomeKind.Sent, null, null);

        await Store.WriteResultAsync(letter.Name, first, CancellationToken.None);
        await Store.WriteResultAsync(letter.Name, second, CancellationToken.None);

        var stored = Assert.Single(await AllAsync());
        Assert.Equal([first, second], stored.Replays);
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(stored.Letter!.Original.Span));
    }

    [Fact]
    public async Task Twenty_writers_at_once_disturb_nobody()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(async () => await Store.Begin().WriteAsync([Letter($"29/refused/2026/11/21/{i % 10}", "{}"u8.ToArray())], CancellationToken.None))));

        Assert.Equal(10, (await AllAsync()).Count);
    }

    [Fact]
    public async Task Letters_of_one_run_add_up_and_those_of_the_next_take_their_place()
    {
        var first = Letter("29/refused/2026/11/21/abcd-1", "1"u8.ToArray());
        var second = Letter("29/refused/2026/11/21/abcd-2", "2"u8.ToArray());
        var other = Letter("29/refused/2026/11/21/ef-1", "3"u8.ToArray());

        var run = Store.Begin();
        await run.WriteAsync([first], CancellationToken.None);
        await run.WriteAsync([second, other], CancellationToken.None);
        Assert.Equal([first.Name, second.Name, other.Name], (await AllAsync()).Select(stored => stored.Name));

        var again = Store.Begin();
        await again.WriteAsync([first with { Attempts = 5 }], CancellationToken.None);
        await again.WriteAsync([second with { Attempts = 5 }], CancellationToken.None);
        Assert.Equal([5, 5, 0], (await AllAsync()).Select(stored => stored.Letter!.Attempts));
    }

    [Fact]
    public async Task A_name_that_comes_twice_in_a_run_counts_once()
    {
        var letter = Letter("29/refused/2026/11/21/abcd-1", "1"u8.ToArray());
        var other = Letter("29/refused/2026/11/21/abcd-2", "2"u8.ToArray());

        var run = Store.Begin();
        await run.WriteAsync([letter, other, letter], CancellationToken.None);
        await run.WriteAsync([letter], CancellationToken.None);

        Assert.Equal([letter.Name, other.Name], (await AllAsync()).Select(stored => stored.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Results_of_many_at_once_are_all_kept_each_beside_its_letter()
    {
        var letters = Enumerable.Range(0, 4).Select(i => Letter($"29/refused/2026/11/21/abcd-{i}", "{}"u8.ToArray())).ToList();
        await Store.Begin().WriteAsync(letters, CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () => await Store.WriteResultAsync(
            letters[i % 4].Name, new ReplayResult(TestClock.Morning.AddSeconds(i), OutcomeKind.DeadLettered, "refused", null), CancellationToken.None))));
        await Store.WriteResultsAsync(
            [.. letters.Select(letter => new NamedReplayResult(letter.Name, new ReplayResult(TestClock.Morning.AddHours(1), OutcomeKind.Sent, null, null)))],
            CancellationToken.None);

        var all = await AllAsync();
        Assert.All(all, stored => Assert.Equal(6, stored.Replays.Count));
        Assert.All(all, stored => Assert.True(stored.Replays[^1].IsFinal));
        Assert.Equal(24, all.SelectMany(stored => stored.Replays.Select(replay => (stored.Name, replay.At))).Distinct().Count());
        var read = await Store.ReadResultsAsync("29/refused/2026/11/21/abcd", CancellationToken.None);
        Assert.Equal(all.ToDictionary(stored => stored.Name, stored => stored.Replays), read);
    }

    [Fact]
    public async Task A_document_without_replays_has_no_results() =>
        Assert.Empty(await Store.ReadResultsAsync("29/refused/2026/11/21/nothing", CancellationToken.None));

    [Fact]
    public async Task A_store_that_cannot_be_reached_is_an_io_exception()
    {
        var letter = Letter("29/refused/2026/11/21/aa-1", "{}"u8.ToArray());
        var result = new ReplayResult(TestClock.Morning, OutcomeKind.Sent, null, null);

        await Assert.ThrowsAnyAsync<IOException>(async () => await Unreachable.Begin().WriteAsync([letter], CancellationToken.None));
        await Assert.ThrowsAnyAsync<IOException>(async () => await Unreachable.WriteResultAsync(letter.Name, result, CancellationToken.None));
    }

    protected static DeadLetter Letter(string name, byte[] original) => new()
    {
        Name = name,
        Reason = name.Split('/')[1],
        Detail = "a detail",
        Origin = new DeadLetterOrigin("shop", "orders.ndjson", 3, 1, 120, original.Length, TestClock.Morning.AddMilliseconds(7)),
        Destination = "default",
        Size = original.Length,
        FirstAt = TestClock.Morning,
        LastAt = TestClock.Morning.AddSeconds(1),
        Original = original,
    };

    protected async Task<List<StoredDeadLetter>> AllAsync()
    {
        var all = new List<StoredDeadLetter>();
        await foreach (var stored in Store.ReadAsync(CancellationToken.None))
        {
            all.Add(stored);
        }

        return all;
    }
}
