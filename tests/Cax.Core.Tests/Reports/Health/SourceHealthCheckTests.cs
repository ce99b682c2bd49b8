using Cax.Core.Delivery;
using Cax.Core.Reports.Health;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Reports.Health;

public sealed class SourceHealthCheckTests : IDisposable
{
    private static readonly DateTimeOffset Nine = TestClock.Morning;
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private readonly TestClock _clock = new(Nine.AddHours(3));
    private readonly ConfigApiScript _api = new();
    private readonly InMemorySentCounts _store = new();

    [Fact]
    public async Task What_was_sent_and_collected_and_accepted_is_fine()
    {
        await SentAsync(Nine, new SentCount(100));
        _api.Collect("purchase", Nine, 100);

        var report = await CheckTwiceAsync();

        Assert.Equal(SourceHealthState.Compared, report.State);
        Assert.Equal((100L, 100L, 100L, 0L, 0L), (report.Sent, report.Collected, report.Normalized, report.Missing, report.Rejected));
        Assert.False(report.IsShared);
        Assert.Equal((Nine, Nine.AddHours(2.5)), (report.From, report.Until));
        Assert.Equal(["/v2/29/sources?include=connector,environment,health", "/v2/29/monitoring/sources-data-quality?source=41"], _api.Asked[..2]);
    }

    [Fact]
    public async Task What_was_not_collected_is_missing_by_name()
    {
        await SentAsync(Nine, new SentCount(100));
        await SentAsync(Nine, new SentCount(40), "refund", instance: "b");
        _api.Collect("purchase", Nine, 97);
        _api.Collect("refund", Nine, 40);

        var report = await CheckTwiceAsync();

        Assert.Equal([("purchase", 3L), ("refund", 0L)], report.Events.Select(health => (health.Name, health.Missing)));
        Assert.Equal(3, report.Missing);
    }

    [Fact]
    public async Task When_nothing_at_all_is_collected_everything_is_missing()
    {
        await SentAsync(Nine, new SentCount(100));

        Assert.Equal(100, (await CheckTwiceAsync()).Missing);
    }

    [Fact]
    public async Task What_was_collected_and_not_accepted_is_rejected()
    {
        await SentAsync(Nine, new SentCount(100));
        _api.Collect("purchase", Nine, 100, normalized: 88);

        var report = await CheckTwiceAsync();

        Assert.Equal((0L, 12L), (report.Missing, report.Rejected));
    }

    [Fact]
    public async Task Processes_and_quarter_hours_are_summed()
    {
        await SentAsync(Nine, new SentCount(10), instance: "a");
        await SentAsync(Nine, new SentCount(20), instance: "b");
        await SentAsync(Nine + Quarter, new SentCount(30), instance: "b");
        _api.Collect("purchase", Nine, 25);
        _api.Collect("purchase", Nine + Quarter, 35);

        var report = await CheckTwiceAsync();

        Assert.Equal((60L, 60L, 0L), (report.Sent, report.Collected, report.Missing));
        Assert.False(report.IsShared);
    }

    [Fact]
    public async Task Events_at_the_edge_may_have_been_counted_on_its_other_side()
    {
        // At 12:00 the last final quarter ends at 11:30. Five of its events were answered in its last minute.
        await SentAsync(Nine, new SentCount(50, Early: 4));
        await SentAsync(At(11, 15), new SentCount(50, Late: 5));
        _api.Collect("purchase", Nine - Quarter, 4);
        _api.Collect("purchase", Nine, 46);
        _api.Collect("purchase", At(11, 15), 45);
        _api.Collect("purchase", At(11, 30), 5);

        Assert.Equal(0, (await CheckTwiceAsync()).Missing);

        // Fifteen minutes later that edge lies within, and the same events are known to be there.
        _clock.Advance(Quarter);
        var report = await CheckAsync();
        Assert.Equal((100L, 96L, 0L), (report.Sent, report.Collected, report.Missing));
    }

    [Fact]
    public async Task A_loss_is_seen_once_the_edge_lies_in_a_quiet_minute()
    {
        await SentAsync(Nine, new SentCount(50));
        await SentAsync(At(11, 15), new SentCount(50, Late: 5));
        _api.Collect("purchase", Nine, 50);
        _api.Collect("purchase", At(11, 15), 48);

        Assert.Equal(0, (await CheckTwiceAsync()).Missing);
        _clock.Advance(Quarter);

        Assert.Equal(2, (await CheckAsync()).Missing);
    }

    [Fact]
    public async Task What_comes_in_over_the_edge_is_no_surplus()
    {
        // At 12:00 the last final quarter ends at 11:30. CAX counted in it what was answered just after.
        await SentAsync(Nine, new SentCount(50));
        await SentAsync(At(11, 30), new SentCount(5, Early: 5));
        _api.Collect("purchase", Nine, 50);
        _api.Collect("purchase", At(11, 15), 5);

        var report = await CheckTwiceAsync();

        Assert.Equal((50L, 55L, false), (report.Sent, report.Collected, report.IsShared));
    }

    [Fact]
    public async Task A_look_at_a_quarter_hour_that_is_not_over_does_not_count_as_a_look_at_it()
    {
        _clock.UtcNow = At(11, 20);
        await CheckAsync();
        await SentAsync(At(11, 15), new SentCount(10));
        _clock.UtcNow = At(12);

        Assert.Equal(SourceHealthState.NothingFinal, (await CheckAsync()).State);
        _clock.Advance(Quarter);
        Assert.Equal(10, (await CheckAsync()).Missing);
    }

    [Fact]
    public async Task Other_senders_of_the_source_are_noticed()
    {
        await SentAsync(Nine, new SentCount(100));
        _api.Collect("purchase", Nine, 130);

        var report = await CheckTwiceAsync();

        Assert.True(report.IsShared);
        Assert.Equal((0L, 30L), (report.Missing, Assert.Single(report.Events).Surplus));
    }

    [Fact]
    public async Task Event_names_that_the_connector_never_sent_are_those_of_others()
    {
        await SentAsync(Nine, new SentCount(100));
        _api.Collect("purchase", Nine, 100);
        _api.Collect("page_view", Nine, 5_000);

        var report = await CheckTwiceAsync();

        Assert.True(report.IsShared);
        Assert.Equal(["purchase"], report.Events.Select(health => health.Name));
    }

    [Fact]
    public async Task What_others_sent_before_the_connector_began_is_not_compared()
    {
        await SentAsync(Nine, new SentCount(100));
        _api.Collect("purchase", Nine - Quarter, 1_000);
        _api.Collect("purchase", Nine, 90);

        var report = await CheckTwiceAsync();

        Assert.Equal((10L, false), (report.Missing, report.IsShared));
    }

    [Fact]
    public async Task Names_that_are_not_told_apart_are_not_compared_and_explain_a_surplus()
    {
        await SentAsync(Nine, new SentCount(100));
        await SentAsync(Nine, new SentCount(7), SentCounts.OtherNames, instance: "b");
        _api.Collect("purchase", Nine, 100);
        _api.Collect("Mon événement", Nine, 7);

        var report = await CheckTwiceAsync();

        Assert.Equal((100L, 7L, 0L, false), (report.Sent, report.NotCompared, report.Missing, report.IsShared));
    }

    [Fact]
    public async Task One_look_at_the_config_api_proves_nothing()
    {
        await SentAsync(Nine, new SentCount(100));

        var report = await CheckAsync();

        Assert.Equal(SourceHealthState.NothingFinal, report.State);
        Assert.Empty(report.Events);
    }

    [Fact]
    public async Task Quarter_hours_that_still_change_at_cax_end_what_is_compared()
    {
        await SentAsync(Nine, new SentCount(10));
        await SentAsync(At(10), new SentCount(10));
        _api.Collect("purchase", Nine, 10);
        _api.Collect("purchase", At(10), 4);
        await CheckAsync();

        _clock.Advance(Quarter);
        _api.Collect("purchase", At(10), 5);
        var report = await CheckAsync();
        Assert.Equal((10L, 0L, At(10)), (report.Sent, report.Missing, report.Until));

        _clock.Advance(Quarter);
        report = await CheckAsync();
        Assert.Equal((20L, 1L), (report.Sent, report.Missing));
    }

    [Fact]
    public async Task What_was_sent_in_the_last_thirty_minutes_is_not_compared_yet()
    {
        await SentAsync(At(11, 45), new SentCount(10));

        Assert.Equal(SourceHealthState.NothingFinal, (await CheckTwiceAsync()).State);
        _clock.Advance(Quarter);
        Assert.Equal(SourceHealthState.NothingFinal, (await CheckAsync()).State);
        _clock.Advance(Quarter);
        Assert.Equal(10, (await CheckAsync()).Missing);
    }

    [Fact]
    public async Task What_is_older_than_a_day_is_not_compared_any_more()
    {
        await SentAsync(Nine, new SentCount(10));
        Assert.Equal(10, (await CheckTwiceAsync()).Missing);

        _clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(SourceHealthState.NothingFinal, (await CheckAsync()).State);
    }

    [Fact]
    public async Task A_config_api_that_forgets_makes_nothing_missing()
    {
        await SentAsync(Nine, new SentCount(10));
        _api.Collect("purchase", Nine, 10);
        await CheckTwiceAsync();

        _clock.Advance(TimeSpan.FromHours(6));
        _api.Forget(Nine.AddHours(1));
        await CheckAsync();
        _clock.Advance(Quarter);
        var report = await CheckAsync();

        Assert.Equal((10L, 0L), (report.Collected, report.Missing));
    }

    [Fact]
    public async Task A_new_source_is_not_blamed_for_what_the_old_one_got()
    {
        await SentAsync(Nine, new SentCount(10));
        _api.Collect("purchase", Nine, 10);
        await CheckTwiceAsync();

        _api.SourceId = "42";
        _api.Forget(Nine.AddHours(9));
        _clock.Advance(Quarter);
        await CheckAsync();
        await SentAsync(At(13), new SentCount(6));
        _api.Collect("purchase", At(13), 5);
        _clock.Advance(TimeSpan.FromHours(2));
        await CheckAsync();
        _clock.Advance(Quarter);
        var report = await CheckAsync();

        Assert.Equal((6L, 1L, At(13)), (report.Sent, report.Missing, report.From));
    }

    [Fact]
    public async Task What_was_sent_to_another_site_under_the_same_name_is_another_matter()
    {
        await SentAsync(Nine, new SentCount(10), site: "28");

        Assert.Equal(SourceHealthState.NothingFinal, (await CheckTwiceAsync()).State);
    }

    [Fact]
    public async Task Destinations_that_share_a_source_are_one_to_it()
    {
        await _store.WriteAsync(
            new SentQuarter(Nine, "a", new Dictionary<string, SentToDestination>
            {
                ["default"] = new("29", new Dictionary<string, SentCount> { ["purchase"] = new(60) }),
                ["outlet"] = new("29", new Dictionary<string, SentCount> { ["purchase"] = new(40) }),
            }),
            CancellationToken.None);
        _api.Collect("purchase", Nine, 90);
        var key = new SourceKey(PipelineRig.Key);
        var endpoint = new Uri("https://collect.example");
        var check = new SourceHealthCheck(
            new ConfigApiOptions { Token = "secret-token" }, [new("default", "29", key, endpoint), new("outlet", "29", key, endpoint)], _store, _api, _clock);

        _clock.UtcNow -= Quarter;
        await check.CheckAsync(CancellationToken.None);
        _clock.Advance(Quarter);
        var reports = await check.CheckAsync(CancellationToken.None);

        Assert.Equal([(100L, 10L, false), (100L, 10L, false)], reports.Select(report => (report.Sent, report.Missing, report.IsShared)));
    }

    [Fact]
    public async Task A_key_of_no_source_loses_events()
    {
        _api.Key = "11111111-1111-4111-8111-111111111111";

        Assert.Equal(
            new SourceHealthReport("default", SourceHealthState.KeyLosesEvents, "no source of site 29 has this key").Detail, (await CheckAsync()).Detail);
        Assert.Equal(SourceHealthState.KeyLosesEvents, (await CheckAsync()).State);
    }

    [Fact]
    public async Task A_source_that_is_switched_off_loses_events()
    {
        _api.Status = "inactive";

        Assert.Equal(SourceHealthState.KeyLosesEvents, (await CheckAsync()).State);
    }

    [Fact]
    public async Task Without_a_token_nobody_is_asked()
    {
        using var nobody = new AnsweringHandler((_, _) => throw new InvalidOperationException());
        _store.Fails = true;

        var report = Assert.Single(await Check(new ConfigApiOptions(), nobody).CheckAsync(CancellationToken.None));

        Assert.Equal(SourceHealthState.NotChecked, report.State);
    }

    [Theory]
    [InlineData(500, "", "(HTTP 500)")]
    [InlineData(404, """{"errors":[{"code":"NOT_FOUND","detail":"ada@example.com"}]}""", "(HTTP 404, NOT_FOUND)")]
    [InlineData(200, "<html>", "no list of counts")]
    [InlineData(200, """{"data":{"attributes":{}}}""", "no list of counts")]
    [InlineData(200, """{"data":{"attributes":{"validation":{"statuses":{"purchase":7}}}}}""", "no list of counts")]
    [InlineData(200, """{"data":{"attributes":{"validation":{"statuses":{"purchase":[["dateTime","collected"],["soon",1]]}}}}}""", "no list of counts")]
    public async Task What_is_no_list_of_counts_is_no_verdict_and_no_look(int status, string body, string detail)
    {
        await SentAsync(Nine, new SentCount(10));
        _api.Instead = (status, body);

        var report = await CheckTwiceAsync();

        Assert.Equal(SourceHealthState.Unanswered, report.State);
        Assert.Contains(detail, report.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", report.Detail, StringComparison.Ordinal);
        Assert.Null(await _store.ReadLookAsync("default", CancellationToken.None));
    }

    [Theory]
    [InlineData("""[["normalized","dateTime","collected"],[8,1795251600000,9]]""")]
    [InlineData("""[["DATETIME","Collected","Normalized"],["2026-11-21T10:03:00+01:00",9,8]]""")]
    [InlineData("""[[1795251600000,9,8]]""")]
    [InlineData("""[["dateTime","collected","normalized"],[1795251600000,4,3],[1795251900000,5,5],[1795250700000,null,null]]""")]
    public async Task Rows_are_read_by_the_names_of_their_columns(string rows)
    {
        await SentAsync(Nine, new SentCount(10));
        _api.Instead = (200, """{"data":[{"attributes":{"validation":{"statuses":{"purchase":""" + rows + "}}}}]}");

        var report = await CheckTwiceAsync();

        Assert.Equal((9L, 8L), (report.Collected, report.Normalized));
    }

    [Fact]
    public async Task Nothing_collected_at_all_may_be_an_empty_list()
    {
        await SentAsync(Nine, new SentCount(10));
        _api.Instead = (200, """{"data":{"attributes":{"validation":{"statuses":[]}}}}""");

        Assert.Equal(10, (await CheckTwiceAsync()).Missing);
    }

    [Fact]
    public async Task Storage_that_fails_is_no_verdict()
    {
        _store.Fails = true;

        var report = await CheckAsync();

        Assert.Equal(SourceHealthState.Unanswered, report.State);
        Assert.Contains("the container is gone", report.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_that_cannot_be_read_are_named()
    {
        await SentAsync(Nine, new SentCount(10));
        _store.Put(SentQuarter.FolderOf(Nine) + "broken", "{"u8.ToArray());

        Assert.Equal(["2026/11/21/0900/broken"], (await CheckTwiceAsync()).Unreadable);
    }

    public void Dispose() => _api.Dispose();

    private static DateTimeOffset At(int hour, int minute = 0) => new(2026, 11, 21, hour, minute, 0, TimeSpan.Zero);

    private ValueTask SentAsync(DateTimeOffset quarter, SentCount count, string name = "purchase", string instance = "a", string site = "29") => _store.WriteAsync(
        new SentQuarter(quarter, instance, new Dictionary<string, SentToDestination>
        {
            ["default"] = new(site, new Dictionary<string, SentCount> { [name] = count }),
        }),
        CancellationToken.None);

    /// <summary>Checks a quarter of an hour ago, and now.</summary>
    private async Task<SourceHealthReport> CheckTwiceAsync()
    {
        _clock.UtcNow -= Quarter;
        await CheckAsync();
        _clock.Advance(Quarter);
        return await CheckAsync();
    }

    private async Task<SourceHealthReport> CheckAsync() =>
        Assert.Single(await Check(new ConfigApiOptions { Token = "secret-token" }, _api).CheckAsync(CancellationToken.None));

    private SourceHealthCheck Check(ConfigApiOptions options, HttpMessageHandler http) => new(
        options, [new Destination(Destination.DefaultName, "29", new SourceKey(PipelineRig.Key), new Uri("https://collect.example"))], _store, http, _clock);
}
