using Cax.Core.Batching;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests;

public sealed class DuplicateTests
{
    private readonly PipelineRig _rig = new();

    [Fact]
    public async Task A_second_copy_of_what_was_sent_is_skipped()
    {
        var again = new TestDelivery("again", Leads.WithoutId("lead-1"));

        var result = await _rig.RunAsync(new TestDelivery("first", Leads.WithoutId("lead-1"), Leads.WithoutId("lead-1")), again);

        Assert.Equal((1, 2), (result.Accounts.Records.Sent, result.Accounts.Records.Skipped));
        Assert.Equal(2, result.Accounts.Reasons["duplicate"]);
        Assert.Single(_rig.Endpoint.AcceptedIds);
        Assert.Equal("duplicate", again.Settled!.Reason);
    }

    [Fact]
    public async Task A_second_copy_of_what_is_returned_is_returned()
    {
        _rig.Endpoint.Answer = _ => 503;
        var first = new TestDelivery("first", Leads.WithoutId("lead-1"));
        var second = new TestDelivery("second", Leads.WithoutId("lead-1"));

        var result = await _rig.RunAsync(first, second);

        Assert.Equal(2, result.Accounts.Records.Returned);
        Assert.Equal((OutcomeKind.Returned, OutcomeKind.Returned), (first.Settled!.Kind, second.Settled!.Kind));
    }

    [Fact]
    public async Task A_second_copy_of_what_is_parked_is_skipped()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 1 } };
        _rig.Endpoint.Answer = posted => posted.Body.Contains("poison", StringComparison.Ordinal) ? 400 : 200;
        var poison = Leads.WithoutId("bad", "\"note\":\"poison\",");

        var result = await _rig.RunAsync(new TestDelivery("orders", poison, poison, Leads.Event("good")));

        Assert.Equal((1, 1, 1), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered, result.Accounts.Records.Skipped));
        Assert.Single(_rig.DeadLetters.Letters);
    }

    [Theory]
    [InlineData(1_000, "new")]
    [InlineData(0, "new")]
    [InlineData(-1_000, "old")]
    public async Task Of_two_versions_of_one_event_the_newer_is_sent_and_the_older_superseded(int later, string sent)
    {
        var old = Leads.WithoutId("lead-1", "\"note\":\"old\",");
        var newer = Leads.WithoutId("lead-1", "\"note\":\"new\",", 1_795_251_000_000 + later);

        var result = await _rig.RunAsync(new TestDelivery("first", old), new TestDelivery("second", newer));

        Assert.Equal((1, 1), (result.Accounts.Records.Sent, result.Accounts.Records.Skipped));
        Assert.Equal(1, result.Accounts.Reasons["superseded"]);
        Assert.Contains($"\"note\":\"{sent}\"", Assert.Single(_rig.Endpoint.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_version_of_an_event_that_already_went_off_is_sent_after_it()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 1 } };

        var result = await _rig.RunAsync(new TestDelivery(
            "orders",
            Leads.WithoutId("lead-1", "\"note\":\"old\","),
            Leads.WithoutId("other"),
            Leads.WithoutId("lead-1", "\"note\":\"new\",", 1_795_251_000_001),
            Leads.WithoutId("lead-1", "\"note\":\"new\",", 1_795_251_000_001)));

        Assert.Equal((3, 1), (result.Accounts.Records.Sent, result.Accounts.Records.Skipped));
        var bodies = _rig.Endpoint.Requests.Select(r => r.Body).ToList();
        Assert.True(bodies.FindIndex(b => b.Contains("old", StringComparison.Ordinal)) < bodies.FindIndex(b => b.Contains("new", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_newer_version_is_returned_when_the_version_before_it_is()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 1 } };
        _rig.Endpoint.Answer = _ => 503;

        var result = await _rig.RunAsync(new TestDelivery(
            "orders", Leads.WithoutId("lead-1", "\"note\":\"old\","), Leads.WithoutId("other"), Leads.WithoutId("lead-1", "\"note\":\"new\",")));

        Assert.Equal(3, result.Accounts.Records.Returned);
    }

    [Fact]
    public async Task One_id_chosen_by_the_sender_for_two_events_is_a_conflict()
    {
        var second = new TestDelivery("second", Leads.Event("chosen", "\"note\":\"other\","));

        var result = await _rig.RunAsync(new TestDelivery("first", Leads.Event("chosen"), Leads.Event("chosen")), second);

        Assert.Equal((1, 1, 1), (result.Accounts.Records.Sent, result.Accounts.Records.Skipped, result.Accounts.Records.DeadLettered));
        Assert.Equal("event_id_conflict", second.Settled!.Reason);
    }

    [Fact]
    public async Task What_an_earlier_run_of_the_process_sent_is_already_sent_unless_it_is_replayed()
    {
        await _rig.RunAsync(new TestDelivery("first", Leads.WithoutId("lead-1")));

        var second = await _rig.RunAsync(new TestDelivery("redelivered", Leads.WithoutId("lead-1")));
        var replay = await _rig.RunAsync(new RunOptions { IgnoreEarlierRuns = true }, CancellationToken.None, new TestDelivery("replayed", Leads.WithoutId("lead-1")));

        Assert.Equal(1, second.Accounts.Reasons["already_sent"]);
        Assert.Equal(1, replay.Accounts.Records.Sent);
    }

    [Fact]
    public async Task What_an_earlier_run_could_not_send_is_sent_by_the_next()
    {
        _rig.Endpoint.Answer = _ => 401;
        await _rig.RunAsync(new TestDelivery("first", Leads.WithoutId("lead-1")));
        _rig.Endpoint.Answer = _ => 200;
        _rig.Clock.Advance(TimeSpan.FromMinutes(2));

        var result = await _rig.RunAsync(new TestDelivery("second", Leads.WithoutId("lead-1")));

        Assert.Equal(1, result.Accounts.Records.Sent);
    }

    [Fact]
    public async Task Only_so_many_ids_are_remembered()
    {
        _rig.Options = _rig.Options with { Duplicates = new() { Remember = 10 } };
        await _rig.RunAsync(new TestDelivery("first", Enumerable.Range(0, 30).Select(i => Leads.WithoutId("lead-" + i))));

        var result = await _rig.RunAsync(new TestDelivery("second", Enumerable.Range(0, 30).Select(i => Leads.WithoutId("lead-" + i))));

        Assert.Equal(10, result.Accounts.Reasons["already_sent"] + 0);
        Assert.Equal(20, result.Accounts.Records.Sent);
    }

    [Fact]
    public async Task The_same_id_at_two_destinations_is_two_events()
    {
        var result = await _rig.RunAsync(new TestDelivery("a", Leads.Event("x")), new TestDelivery("b", Leads.Event("x")) { To = "second" });

        Assert.Equal(2, result.Accounts.Records.Sent);
    }
}
