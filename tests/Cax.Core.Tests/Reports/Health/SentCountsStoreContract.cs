using System.Text;
using Cax.Core.Delivery;
using Cax.Core.Reports.Health;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Reports.Health;

/// <summary>What every store of sent counts does.</summary>
public abstract class SentCountsStoreContract
{
    private static readonly DateTimeOffset Nine = TestClock.Morning;

    protected abstract ISentCountsStore Store { get; }

    [Fact]
    public async Task Counts_come_back_as_they_were_written()
    {
        var counts = Counts("a", ("purchase", new SentCount(12, 2, 1)), ("generate_lead", new SentCount(3)));

        await Store.WriteAsync(counts, CancellationToken.None);

        var back = Assert.Single((await Store.ReadAsync(Nine, CancellationToken.None)).Processes);
        Assert.Equal(counts.Name, back.Name);
        Assert.Equal("29", back.Destinations["default"].SiteId);
        Assert.Equal(counts.Destinations["default"].ByName.OrderBy(count => count.Key), back.Destinations["default"].ByName.OrderBy(count => count.Key));
    }

    [Fact]
    public async Task A_process_replaces_its_own_counts_and_no_others()
    {
        await Store.WriteAsync(Counts("a", ("purchase", new SentCount(1))), CancellationToken.None);
        await Store.WriteAsync(Counts("b", ("purchase", new SentCount(7))), CancellationToken.None);
        await Store.WriteAsync(Counts("a", ("purchase", new SentCount(5))), CancellationToken.None);

        var all = await Store.ReadAsync(Nine, CancellationToken.None);

        Assert.Equal([("a", 5L), ("b", 7L)], all.Processes.Select(process => (process.Instance, process.Total)));
    }

    [Fact]
    public async Task A_quarter_hour_does_not_show_what_belongs_to_another()
    {
        await Store.WriteAsync(Counts("a", ("purchase", new SentCount(1))), CancellationToken.None);
        await Store.WriteAsync(Counts("a", ("purchase", new SentCount(2))) with { Quarter = Nine.AddMinutes(15) }, CancellationToken.None);

        Assert.Equal(2, Assert.Single((await Store.ReadAsync(Nine.AddMinutes(15), CancellationToken.None)).Processes).Total);
        Assert.Empty((await Store.ReadAsync(Nine.AddMinutes(30), CancellationToken.None)).Processes);
    }

    [Fact]
    public async Task A_look_replaces_the_last_one_of_its_destination()
    {
        var look = new SourceLook("default", "41", Nine.AddHours(1), Nine, new Dictionary<DateTimeOffset, IReadOnlyDictionary<string, CollectedCount>>
        {
            [Nine] = new Dictionary<string, CollectedCount> { ["purchase"] = new(12, 11) },
        });

        await Store.WriteLookAsync(look with { SourceId = "40" }, CancellationToken.None);
        await Store.WriteLookAsync(look with { Destination = "shop two/é", SourceId = "43", Since = null }, CancellationToken.None);
        await Store.WriteLookAsync(look, CancellationToken.None);

        var back = (await Store.ReadLookAsync("default", CancellationToken.None))!;
        Assert.Equal(("41", Nine.AddHours(1), Nine), (back.SourceId, back.At, back.Since));
        Assert.Equal(new CollectedCount(12, 11), back.Quarters[Nine]["purchase"]);
        Assert.Equal(("43", (DateTimeOffset?)null), ((await Store.ReadLookAsync("shop two/é", CancellationToken.None))!.SourceId, (await Store.ReadLookAsync("shop two/é", CancellationToken.None))!.Since));
    }

    [Fact]
    public async Task Looks_are_no_counts_and_counts_are_no_looks()
    {
        await Store.WriteAsync(Counts("default", ("purchase", new SentCount(1))), CancellationToken.None);

        Assert.Null(await Store.ReadLookAsync("default", CancellationToken.None));
        Assert.Single((await Store.ReadAsync(Nine, CancellationToken.None)).Processes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"version":2}""")]
    [InlineData("""{"version":1,"quarter":"nine","instance":"a","destinations":{}}""")]
    [InlineData("""{"version":1,"quarter":"2026-11-21T09:00:00Z","instance":"a","destinations":{"default":{"site":"29","sent":{"purchase":1.5}}}}""")]
    public async Task What_is_no_document_of_counts_is_named_and_hides_nothing_else(string document)
    {
        await Store.WriteAsync(Counts("a", ("purchase", new SentCount(1))), CancellationToken.None);
        var name = SentQuarter.FolderOf(Nine) + "broken";
        await PutAsync(name, Encoding.UTF8.GetBytes(document));

        var all = await Store.ReadAsync(Nine, CancellationToken.None);

        Assert.Single(all.Processes);
        Assert.Contains(name, Assert.Single(all.Unreadable), StringComparison.Ordinal);
    }

    /// <summary>Puts a document where counts lie, as a stranger could.</summary>
    protected abstract Task PutAsync(string name, byte[] document);

    private static SentQuarter Counts(string instance, params (string Name, SentCount Count)[] counts) => new(
        Nine, instance, new Dictionary<string, SentToDestination> { ["default"] = new("29", counts.ToDictionary(count => count.Name, count => count.Count)) });
}
