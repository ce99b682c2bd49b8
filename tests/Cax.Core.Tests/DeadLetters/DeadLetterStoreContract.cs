using System.Text;
using Cax.Core.DeadLetters;
using Cax.Core.Events;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.DeadLetters;

/// <summary>What every store of dead letters does.</summary>
public abstract class DeadLetterStoreContract
{
    protected abstract IDeadLetterStore Store { get; }

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
        Assert.Equal(
            letter with { Findings = [], Original = default, Event = default },
            back with { Findings = [], Original = default, Event = default });
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

public sealed class InMemoryDeadLettersTests : DeadLetterStoreContract
{
    protected override IDeadLetterStore Store { get; } = new InMemoryDeadLetters();
}

public sealed class DirectoryDeadLetterStoreTests : DeadLetterStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cax-dead-letters-");

    protected override IDeadLetterStore Store => new DirectoryDeadLetterStore(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_letter_is_one_line_of_json_in_a_file_named_like_it()
    {
        await Store.Begin().WriteAsync([Letter("29/refused/2026/11/21/ee", "{}\n"u8.ToArray())], CancellationToken.None);

        var text = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "29/refused/2026/11/21/ee.json"));
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.Single(text.TrimEnd('\n').Split('\n'));
        Assert.Empty(_folder.GetFiles("*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_damaged_file_is_told_and_hides_no_other()
    {
        await Store.Begin().WriteAsync([Letter("29/refused/2026/11/21/good", "{}"u8.ToArray())], CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "29/refused/2026/11/21/bad.json"), "{\"version\":1}");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "29/refused/2026/11/21/new.json"), "{\"version\":2}");

        var all = await AllAsync();

        Assert.Equal([false, true, false], all.Select(stored => stored.Letter is not null));
        Assert.All(all.Where(stored => stored.Letter is null), stored => Assert.NotNull(stored.Problem));
    }

    [Fact]
    public async Task No_name_leads_out_of_the_folder()
    {
        await Assert.ThrowsAsync<IOException>(async () =>
            await Store.Begin().WriteAsync([Letter("x/../../outside", "{}"u8.ToArray())], CancellationToken.None));
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_holds_no_letters()
    {
        var all = new DirectoryDeadLetterStore(Path.Combine(_folder.FullName, "nothing")).ReadAsync(CancellationToken.None);

        Assert.Equal(0, await all.CountAsync());
    }
}
