using Cax.Core.Batching;
using Cax.Core.Events;
using Cax.Core.Reports.Health;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Reports.Health;

public sealed class SentCountsTests
{
    private readonly PipelineRig _rig = new();
    private readonly InMemorySentCounts _store = new();

    [Fact]
    public async Task Sent_events_are_counted_by_destination_and_name_and_no_others()
    {
        _rig.Endpoint.Answer = posted => posted.Body.Contains("bad", StringComparison.Ordinal) ? 400 : 200;

        await _rig.RunAsync(
            new TestDelivery("one", Leads.WithoutId("a"), Leads.WithoutId("b"), Leads.WithoutId("bad"), "{no json"),
            new TestDelivery("two", Leads.WithoutId("a")) { To = "second" });

        var quarter = Assert.Single(_rig.Setup.Sent.Changed());
        Assert.Equal(TestClock.Morning, quarter.Quarter);
        Assert.Equal(["default", "second"], quarter.Destinations.Keys.Order());
        Assert.Equal(("29", "30"), (quarter.Destinations["default"].SiteId, quarter.Destinations["second"].SiteId));
        Assert.Equal(2, quarter.Destinations["default"].ByName["generate_lead"].Sent);
        Assert.Equal(3, quarter.Total);
    }

    [Fact]
    public async Task Events_count_in_the_quarter_hour_in_which_they_were_answered()
    {
        _rig.Clock.UtcNow = TestClock.Morning.AddMinutes(14).AddSeconds(50);
        _rig.Endpoint.Answer = _ => new Answered(200, Wait: TimeSpan.FromSeconds(12));

        await _rig.RunAsync(new TestDelivery("one", Leads.WithoutId("a")));

        var quarter = Assert.Single(_rig.Setup.Sent.Changed());
        Assert.Equal(TestClock.Morning.AddMinutes(15), quarter.Quarter);
        Assert.Equal(new SentCount(1, Early: 1), quarter.Destinations["default"].ByName["generate_lead"]);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(59, 1, 0)]
    [InlineData(60, 0, 0)]
    [InlineData(839, 0, 0)]
    [InlineData(840, 0, 1)]
    [InlineData(899, 0, 1)]
    public void The_first_and_the_last_minute_of_a_quarter_hour_are_counted_apart(int second, int early, int late)
    {
        var counts = new SentCounts(TestClock.Morning);

        counts.Add(_rig.Options.Destinations["default"], Batch("purchase"), TestClock.Morning.AddSeconds(second));

        Assert.Equal(new SentCount(1, early, late), Assert.Single(counts.Changed()).Destinations["default"].ByName["purchase"]);
    }

    [Fact]
    public void What_is_not_shaped_like_a_name_is_counted_without_it()
    {
        var counts = new SentCounts(TestClock.Morning);

        counts.Add(_rig.Options.Destinations["default"], Batch("ada@example.com", new string('x', 65), "(other)", "+33612345678", "a\nb", "Order sent"), TestClock.Morning);

        var byName = Assert.Single(counts.Changed()).Destinations["default"].ByName;
        Assert.Equal([SentCounts.OtherNames, "Order sent"], byName.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(5, byName[SentCounts.OtherNames].Sent);
    }

    [Fact]
    public async Task Names_beyond_a_thousand_are_counted_together()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 100 } };
        var events = Enumerable.Range(0, SentCounts.MostNames + 5).Select(i => Custom("name_" + i)).Append(Custom("name_1"));

        await _rig.RunAsync(new TestDelivery("one", events));

        var counts = Assert.Single(_rig.Setup.Sent.Changed()).Destinations["default"].ByName;
        Assert.Equal(SentCounts.MostNames + 1, counts.Count);
        Assert.Equal(2, counts["name_1"].Sent);
        Assert.Equal(5, counts[SentCounts.OtherNames].Sent);
    }

    [Fact]
    public async Task Counts_are_written_again_only_when_they_grew()
    {
        var writer = new SentCountsWriter(_rig.Setup.Sent, _store);
        await _rig.RunAsync(new TestDelivery("one", Leads.WithoutId("a")));

        Assert.Null(await writer.WriteAsync(CancellationToken.None));
        Assert.Null(await writer.WriteAsync(CancellationToken.None));
        Assert.Equal(1, _store.Writes);

        await _rig.RunAsync(new TestDelivery("two", Leads.WithoutId("b")));
        await writer.WriteAsync(CancellationToken.None);

        Assert.Equal(2, _store.Writes);
        Assert.Equal(2, Assert.Single(_store.All).Total);
    }

    [Fact]
    public async Task What_the_storage_does_not_take_is_written_when_it_is_back()
    {
        var writer = new SentCountsWriter(_rig.Setup.Sent, _store);
        _store.Fails = true;
        await _rig.RunAsync(new TestDelivery("one", Leads.WithoutId("a")));
        Assert.Equal("the container is gone", await writer.WriteAsync(CancellationToken.None));

        _rig.Clock.Advance(TimeSpan.FromHours(5));
        await _rig.RunAsync(new TestDelivery("two", Leads.WithoutId("b")));
        _store.Fails = false;
        await writer.WriteAsync(CancellationToken.None);

        Assert.Equal([TestClock.Morning, TestClock.Morning.AddHours(5)], _store.All.Select(counts => counts.Quarter));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_replaces_nothing_that_was_written()
    {
        var counts = new SentCounts(TestClock.Morning);
        var writer = new SentCountsWriter(counts, _store);
        foreach (var minute in new[] { 0, 20, 3 })
        {
            counts.Add(_rig.Options.Destinations["default"], Batch("purchase"), TestClock.Morning.AddMinutes(minute));
            await writer.WriteAsync(CancellationToken.None);
        }

        Assert.Equal([2L, 1L], _store.All.Select(counts => counts.Total));
    }

    [Fact]
    public async Task Memory_is_bounded_while_nothing_can_be_written()
    {
        for (var hour = 0; hour < 120; hour++)
        {
            _rig.Clock.UtcNow = TestClock.Morning.AddHours(hour);
            await _rig.RunAsync(new TestDelivery("hour " + hour, Leads.WithoutId("lead-" + hour)));
        }

        var kept = _rig.Setup.Sent.Changed();
        Assert.Equal(96, kept.Count);
        Assert.Equal(TestClock.Morning.AddHours(119), kept[^1].Quarter);
    }

    [Fact]
    public void Two_starts_never_share_a_name()
    {
        var names = Enumerable.Range(0, 100).Select(_ => new SentCounts(TestClock.Morning).Instance).ToList();

        Assert.Equal(100, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^20261121T090000Z-[0-9a-f]{12}$", name));
    }

    private static EventBatch Batch(params string[] names) =>
        new([.. names.Select(name => new PendingEvent(new CaxEvent(name, "id", false, 0, default), null!, 0, []))], 0);

    private static string Custom(string name) => ValidEvents.Lead()
        .With("$.event_name", $"\"{name}\"")
        .With("$.context.event_id", $"\"{Guid.NewGuid()}\"")
        .ToJsonString();
}
