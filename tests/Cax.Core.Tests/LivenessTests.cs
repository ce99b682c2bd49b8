using Cax.Core.Batching;
using Cax.Core.Delivery;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests;

/// <summary>Runs that could wait for ever, or end in disorder, and must not.</summary>
public sealed class LivenessTests
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(30);
    private readonly PipelineRig _rig = new();

    [Fact]
    public async Task Duplicates_of_an_event_that_is_kept_back_do_not_block_reading()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxPendingBytes = 50_000, MaxEvents = 1 } };
        _rig.Endpoint.Answer = _ => 400;

        var result = await _rig.RunAsync(new TestDelivery("orders", Enumerable.Repeat(Leads.WithoutId("bad"), 1_000))).WaitAsync(TooLong);

        Assert.Equal(1_000, result.Accounts.Records.Returned);
    }

    [Fact]
    public async Task Duplicates_of_an_event_whose_delivery_settles_slowly_do_not_block_reading()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxPendingBytes = 50_000 } };
        var first = new TestDelivery("first", Leads.WithoutId("lead-1")) { BeforeSettling = () => Task.Delay(TimeSpan.FromSeconds(3), _rig.Clock) };

        var result = await _rig.RunAsync(
            [first, .. Enumerable.Range(0, 200).Select(i => new TestDelivery("copy " + i, Leads.WithoutId("lead-1")))]).WaitAsync(TooLong);

        Assert.Equal((1, 200), (result.Accounts.Records.Sent, result.Accounts.Records.Skipped));
    }

    [Fact]
    public async Task Two_runs_at_once_share_the_memory_and_keep_their_own_accounts()
    {
        var asked = new TaskCompletionSource();
        _rig.Endpoint.Answer = _ =>
        {
            asked.TrySetResult();
            return new Answered(200, Wait: TimeSpan.FromSeconds(5));
        };

        // The second run meets an event of the first that is on its way.
        var one = Start(new TestDelivery("ours", Leads.WithoutId("lead-1")));
        await asked.Task.WaitAsync(TooLong);
        var two = Start(new TestDelivery("theirs", Leads.WithoutId("lead-1"), Leads.WithoutId("lead-2")));
        await _rig.Clock.RunAsync(Task.WhenAll(one, two)).WaitAsync(TooLong);

        Assert.Equal((1, 0), ((await one).Accounts.Records.Sent, (await one).Accounts.Records.Skipped));
        Assert.Equal((1, 1), ((await two).Accounts.Records.Sent, (await two).Accounts.Records.Skipped));
        Assert.Equal(2, _rig.Endpoint.AcceptedIds.Count());

        Task<RunResult> Start(SourceDelivery delivery) =>
            Task.Run(() => new EventPipeline(_rig.Setup, new RunOptions()).RunAsync(new[] { delivery }.ToAsyncEnumerable(), CancellationToken.None));
    }

    [Fact]
    public async Task A_bug_ends_the_run_with_everything_returned_and_the_next_run_works()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 10, MaxPendingBytes = 50_000 } };
        _rig.Endpoint.Answer = posted => posted.Body.Contains("poison", StringComparison.Ordinal) ? 400 : 200;
        _rig.DeadLetters.Bug = new InvalidCastException("a bug");
        var delivery = new TestDelivery("orders", Leads.Events(2_000, i => i == 15));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => _rig.RunAsync(delivery).WaitAsync(TooLong));
        Assert.IsType<InvalidCastException>(failure.InnerException);
        Assert.Equal(OutcomeKind.Returned, delivery.Settled!.Kind);

        _rig.DeadLetters.Bug = null;
        var again = await _rig.RunAsync(new TestDelivery("again", Leads.Events(2_000, i => i == 15))).WaitAsync(TooLong);
        Assert.Equal(1, again.Accounts.Records.DeadLettered);
        Assert.Equal(0, again.Accounts.Records.Returned);
    }

    [Fact]
    public async Task An_interruption_while_an_open_batch_waits_for_its_turn_ends_orderly()
    {
        using var interrupt = new CancellationTokenSource();
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 2 }, Delivery = _rig.Options.Delivery with { Concurrency = 1 } };
        _rig.Endpoint.Answer = _ => new Answered(200, Wait: TimeSpan.FromSeconds(15));
        using var alarm = _rig.Clock.CreateTimer(_ => interrupt.Cancel(), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        var delivery = new TestDelivery("orders", Leads.Events(10))
        {
            // It takes no notice of the interruption for a while.
            Before = number => number == 5 ? Task.Delay(TimeSpan.FromSeconds(9), _rig.Clock) : Task.CompletedTask,
        };

        var result = await _rig.RunAsync(new RunOptions(), interrupt.Token, delivery).WaitAsync(TooLong);

        Assert.True(result.Interrupted);
        Assert.Equal(OutcomeKind.Returned, delivery.Settled!.Kind);
    }

    [Theory]
    [InlineData(4, OutcomeKind.Sent)]
    [InlineData(6, OutcomeKind.Returned)]
    public async Task A_request_under_way_at_an_interruption_has_five_seconds_for_its_answer(int seconds, OutcomeKind outcome)
    {
        using var interrupt = new CancellationTokenSource();
        _rig.Endpoint.Answer = _ =>
        {
            interrupt.Cancel();
            return new Answered(200, Wait: TimeSpan.FromSeconds(seconds));
        };
        var delivery = new TestDelivery("orders", Leads.Events(10));

        var result = await _rig.RunAsync(new RunOptions(), interrupt.Token, delivery).WaitAsync(TooLong);

        Assert.True(result.Interrupted);
        Assert.Equal(outcome, delivery.Settled!.Kind);
    }

    [Fact]
    public async Task A_duplicate_is_settled_though_the_source_has_gone_quiet()
    {
        Outcome? before = null;
        var copy = new TestDelivery("copy", Leads.WithoutId("lead-1"));
        var quiet = new TestDelivery("quiet", Leads.Event("later"))
        {
            Before = async _ =>
            {
                await Task.Delay(TimeSpan.FromMinutes(5), _rig.Clock);
                before = copy.Settled;
            },
        };

        await _rig.RunAsync(new TestDelivery("first", Leads.WithoutId("lead-1")), copy, quiet).WaitAsync(TooLong);

        Assert.Equal("duplicate", before!.Reason);
    }

    [Fact]
    public async Task Between_deliveries_an_open_batch_goes_off_too()
    {
        var sentBefore = -1;

        var result = await _rig.Clock.RunAsync(new EventPipeline(_rig.Setup, new RunOptions()).RunAsync(Queue(), CancellationToken.None)).WaitAsync(TooLong);

        Assert.Equal(1, sentBefore);
        Assert.Equal(2, result.Accounts.Records.Sent);

        async IAsyncEnumerable<SourceDelivery> Queue()
        {
            yield return new TestDelivery("one", Leads.Event("1"));
            await Task.Delay(TimeSpan.FromMinutes(1), _rig.Clock);
            sentBefore = _rig.Endpoint.AcceptedIds.Count();
            yield return new TestDelivery("two", Leads.Event("2"));
        }
    }

    [Fact]
    public async Task An_endless_input_that_has_gone_quiet_is_left_when_its_destination_is_given_up()
    {
        _rig.Endpoint.Answer = _ => 503;
        var delivery = new TestDelivery("-", Leads.Events(2))
        {
            Endless = true,
            Before = number => number == 1 ? Task.Delay(TimeSpan.FromMinutes(10), _rig.Clock) : Task.CompletedTask,
        };

        var result = await _rig.RunAsync(delivery).WaitAsync(TooLong);

        Assert.False(result.Complete);
        Assert.Equal((1, 1), (result.Accounts.Records.Total, result.Accounts.Records.Returned));
    }

    [Fact]
    public async Task A_source_that_breaks_off_costs_its_rest_only()
    {
        var broken = new TestDelivery("broken", Leads.Events(5)) { Before = number => number == 2 ? throw new IOException("gone") : Task.CompletedTask };

        var result = await _rig.RunAsync(broken, new TestDelivery("whole", Leads.Event("whole"))).WaitAsync(TooLong);

        Assert.Equal(3, result.Accounts.Records.Sent);
        Assert.False(result.Complete);
        Assert.Equal("source_unreadable", broken.Settled!.Reason);
        Assert.Equal(["broken: gone"], result.Unreadable);
    }

    [Fact]
    public async Task An_endpoint_that_breaks_in_the_middle_of_a_batch_stops_after_a_tenth_of_it()
    {
        var requests = 0;
        _rig.Endpoint.Answer = _ => ++requests == 2 ? 200 : 400;

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Events(500))).WaitAsync(TooLong);

        Assert.Equal((250, 0, 250), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered, result.Accounts.Records.Returned));
        Assert.Equal("endpoint_refuses_all", result.Stopped["default"].Reason);
        Assert.InRange(requests, 1, 150);
    }

    [Fact]
    public async Task An_accepted_request_is_a_witness_from_its_answer_on()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 1 } };
        _rig.Endpoint.Answer = posted => posted.Ids[0] == "bad" ? 403 : 200;
        var slow = new TestDelivery("slow", Leads.Event("good")) { BeforeSettling = () => Task.Delay(TimeSpan.FromSeconds(8), _rig.Clock) };
        var bad = new TestDelivery("bad", Leads.Event("bad"), Leads.Event("good too")) { Before = _ => Task.Delay(TimeSpan.FromSeconds(1), _rig.Clock) };

        var result = await _rig.RunAsync(slow, bad).WaitAsync(TooLong);

        Assert.Equal((2, 1), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
    }

    [Fact]
    public async Task A_run_that_begins_behind_a_closed_gate_does_not_wait_longer_than_it_should()
    {
        _rig.Endpoint.Answer = _ => new Answered(503, "7200");
        await _rig.RunAsync(new TestDelivery("first", Leads.Event("a"))).WaitAsync(TooLong);
        var began = _rig.Clock.UtcNow;

        var result = await _rig.RunAsync(new TestDelivery("second", Leads.Event("b"))).WaitAsync(TooLong);

        Assert.Equal(1, result.Accounts.Records.Returned);
        Assert.Single(_rig.Endpoint.Requests);
        Assert.InRange(_rig.Clock.UtcNow - began, TimeSpan.Zero, TimeSpan.FromSeconds(46));
    }

    [Fact]
    public async Task An_endpoint_that_never_answers_is_given_up_45_seconds_after_it_was_first_asked()
    {
        _rig.Endpoint.Answer = _ => new Answered(200, Wait: TimeSpan.FromHours(5));

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Event("a"))).WaitAsync(TooLong);

        Assert.Equal(1, result.Accounts.Records.Returned);
        Assert.InRange(_rig.Clock.UtcNow - TestClock.Morning, TimeSpan.FromSeconds(44), TimeSpan.FromSeconds(47));
    }

    [Fact]
    public async Task A_misconfigured_endpoint_is_not_probed_faster_because_it_asks_for_it()
    {
        _rig.Endpoint.Answer = _ => new Answered(401, "1");

        await _rig.RunAsync(new TestDelivery("orders", Leads.Event("a"))).WaitAsync(TooLong);

        Assert.Single(_rig.Endpoint.Requests);
    }

    [Fact]
    public async Task After_a_closed_gate_the_rate_still_holds()
    {
        _rig.Options = _rig.Options with
        {
            Delivery = _rig.Options.Delivery with { RequestsPerSecond = 2, Concurrency = 16 },
            Batching = new BatchingOptions { MaxEvents = 1 },
        };
        var first = true;
        _rig.Endpoint.Answer = _ =>
        {
            var answer = first ? new Answered(429, "20") : 200;
            first = false;
            return answer;
        };

        await _rig.RunAsync(new TestDelivery("orders", Leads.Events(20))).WaitAsync(TooLong);

        var times = _rig.Endpoint.Requests.Select(r => r.At).Order().ToList();
        Assert.All(times, start => Assert.InRange(times.Count(t => t >= start && t < start.AddSeconds(1)), 1, 3));
    }

    [Fact]
    public async Task A_straggler_lets_no_second_probe_through_the_gate()
    {
        var gate = new DestinationGate(_rig.Clock);
        gate.CloseUntil(_rig.Clock.UtcNow.AddSeconds(10), probe: false);
        _rig.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(await gate.EnterAsync(CancellationToken.None));
        var second = gate.EnterAsync(CancellationToken.None).AsTask();

        gate.Unanswered(probe: false);
        gate.Answered(probe: false);
        Assert.False(gate.IsOpenTo(probe: false));
        gate.Answered(probe: true);

        Assert.False(await second.WaitAsync(TooLong));
    }

    [Fact]
    public async Task The_name_of_a_destination_is_the_same_in_any_case()
    {
        var result = await _rig.RunAsync(new TestDelivery("a", Leads.Event("x")), new TestDelivery("b", Leads.Event("x")) { To = "DEFAULT" }).WaitAsync(TooLong);

        Assert.Equal((1, 1), (result.Accounts.Records.Sent, result.Accounts.Records.Skipped));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task An_event_that_cannot_be_sent_takes_no_other_events_place(int later)
    {
        var valid = Leads.WithoutId("lead-1");
        var invalid = Leads.WithoutId("lead-1", "\"value\":\"abc\",", 1_795_251_000_000 + later);

        foreach (var order in new[] { (string[])[valid, invalid, invalid], [invalid, invalid, valid] })
        {
            var rig = new PipelineRig();
            var result = await rig.RunAsync(new TestDelivery("orders", order)).WaitAsync(TooLong);

            Assert.Equal((1, 1, 1), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered, result.Accounts.Records.Skipped));
            Assert.Equal(1, result.Accounts.Reasons["duplicate"]);
        }
    }

    [Fact]
    public async Task The_corrected_copy_of_an_invalid_event_is_no_conflict()
    {
        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Event("x", "\"value\":\"abc\","), Leads.Event("x"))).WaitAsync(TooLong);

        Assert.Equal((1, 1), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
        Assert.Equal(1, result.Accounts.Reasons["invalid_event"]);
    }

    [Fact]
    public void The_alarm_of_an_outage_may_go_off_after_its_run()
    {
        var outage = new Outage(TimeSpan.FromSeconds(1), holdUntil: null, _rig.Clock);
        outage.Suffered(new Answer(AnswerKind.Unavailable, 503), _rig.Clock.UtcNow, null);
        outage.Dispose();

        outage.Stop(Outcome.Returned(ReasonCodes.EndpointUnavailable));

        Assert.True(outage.Stopped.IsCancellationRequested);
    }
}
