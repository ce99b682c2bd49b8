using Cax.Core.Batching;
using Cax.Core.Delivery;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests;

public sealed class EventPipelineTests
{
    private readonly PipelineRig _rig = new();

    [Fact]
    public async Task Good_records_are_sent_in_full_batches_and_their_delivery_is_settled()
    {
        var delivery = new TestDelivery("orders", Leads.Events(1_001));

        var result = await _rig.RunAsync(delivery);

        Assert.Equal(1_001, result.Accounts.Records.Sent);
        Assert.Equal(1_001, result.Accounts.Events.Sent);
        Assert.Equal([500, 500, 1], _rig.Endpoint.Requests.Select(r => r.Ids.Count).OrderDescending());
        Assert.Equal(Enumerable.Range(0, 1_001).Select(Leads.Id), _rig.Endpoint.AcceptedIds.Order());
        Assert.Equal(OutcomeKind.Sent, delivery.Settled!.Kind);
        Assert.True(result.Complete);
        Assert.Empty(_rig.DeadLetters.Letters);
        Assert.Equal(_rig.Endpoint.Requests.Sum(r => r.Body.Length), result.Accounts.Bytes);
    }

    [Fact]
    public async Task Requests_carry_site_and_key_in_the_query_and_nothing_else()
    {
        await _rig.RunAsync(new TestDelivery("one", Leads.Events(1)));

        var request = Assert.Single(_rig.Endpoint.Requests);
        Assert.Equal("/events/batch", request.Path);
        Assert.Equal($"?tc_s=29&token={PipelineRig.Key}", request.Query);
    }

    [Fact]
    public async Task In_single_mode_each_event_is_its_own_request()
    {
        _rig.Options = _rig.Options with { Delivery = _rig.Options.Delivery with { Mode = DeliveryMode.Single } };
        PoisonIsRefused();

        var result = await _rig.RunAsync(new TestDelivery("few", Leads.Events(5, i => i == 2)));

        Assert.All(_rig.Endpoint.Requests, request => Assert.Equal("/events", request.Path));
        Assert.Equal((4, 1), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
    }

    [Fact]
    public async Task One_poison_among_five_hundred_costs_itself_and_at_most_nineteen_requests()
    {
        for (var at = 0; at < 500; at += 83)
        {
            var rig = new PipelineRig();
            rig.Endpoint.Answer = RefusePoison;

            var result = await rig.RunAsync(new TestDelivery("orders", Leads.Events(500, i => i == at)));

            Assert.Equal((499, 1), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
            Assert.InRange(result.Accounts.Requests, 1, 19);
            var letter = Assert.Single(rig.DeadLetters.Letters);
            Assert.Equal(("refused", 400, Leads.Id(at)), (letter.Reason, letter.HttpStatus!.Value, letter.EventId));
            Assert.True(letter.Attempts > 1);
        }
    }

    [Fact]
    public async Task Five_per_cent_of_poison_are_parked_and_nothing_else_wherever_they_stand()
    {
        var random = new Random(7);
        var layouts = new List<Func<int, bool>> { i => i < 25, i => i >= 475, i => i % 20 == 0, i => i % 20 == 19, i => i is >= 250 and < 275 };
        for (var seed = 0; seed < 10; seed++)
        {
            var chosen = Enumerable.Range(0, 500).OrderBy(_ => random.Next()).Take(25).ToHashSet();
            layouts.Add(chosen.Contains);
        }

        foreach (var poisoned in layouts)
        {
            var rig = new PipelineRig();
            rig.Endpoint.Answer = RefusePoison;

            var result = await rig.RunAsync(new TestDelivery("orders", Leads.Events(500, poisoned)));

            Assert.Equal(Enumerable.Range(0, 500).Where(poisoned).Select(Leads.Id), rig.DeadLetters.Letters.Select(l => l.EventId!).Order());
            Assert.Equal(475, result.Accounts.Records.Sent);
            Assert.Empty(result.Stopped);
            Assert.InRange(result.Accounts.Requests, 1, (2 * 25 * 5) + (2 * 25) - 1);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Events_refused_alone_without_any_witness_are_returned(int count)
    {
        _rig.Endpoint.Answer = _ => 400;
        var delivery = new TestDelivery("few", Leads.Events(count));

        var result = await _rig.RunAsync(delivery);

        Assert.Equal(count, result.Accounts.Records.Returned);
        Assert.Empty(_rig.DeadLetters.Letters);
        Assert.Equal("endpoint_refuses_all", delivery.Settled!.Reason);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public async Task Events_refused_alone_are_parked_when_another_batch_was_accepted(int count, bool before)
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = count }, Delivery = _rig.Options.Delivery with { Concurrency = 1 } };
        PoisonIsRefused();
        var poisoned = new TestDelivery("poisoned", Leads.Events(count, _ => true));
        var good = new TestDelivery("good", Enumerable.Range(0, count).Select(i => Leads.Event("good-" + i)));

        var result = before ? await _rig.RunAsync(good, poisoned) : await _rig.RunAsync(poisoned, good);

        Assert.Equal((count, count), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
        Assert.Equal(OutcomeKind.DeadLettered, poisoned.Settled!.Kind);
        Assert.Equal("refused", poisoned.Settled.Reason);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(100)]
    public async Task When_everything_is_refused_nothing_is_parked_and_the_destination_stops_soon(int perBatch)
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = perBatch } };
        _rig.Endpoint.Answer = _ => 400;
        var delivery = new TestDelivery("orders", Leads.Events(500));

        var result = await _rig.RunAsync(delivery);

        Assert.InRange(result.Accounts.Requests, 1, 25);
        Assert.Equal(500, result.Accounts.Records.Returned);
        Assert.Empty(_rig.DeadLetters.Letters);
        Assert.Equal("endpoint_refuses_all", result.Stopped["default"].Reason);
        Assert.Equal(OutcomeKind.Returned, delivery.Settled!.Kind);
    }

    [Fact]
    public async Task An_endpoint_that_suddenly_refuses_everything_stops_though_it_accepted_before()
    {
        _rig.Options = _rig.Options with { Delivery = _rig.Options.Delivery with { Concurrency = 1 } };
        _rig.Endpoint.Answer = posted => posted.Ids[0] == Leads.Id(0) ? 200 : 400;

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Events(1_500)));

        Assert.Equal((500, 0, 1_000), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered, result.Accounts.Records.Returned));
        Assert.Equal("endpoint_refuses_all", result.Stopped["default"].Reason);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(301)]
    public async Task A_misconfigured_destination_stops_at_once_and_nothing_is_parked(int status)
    {
        _rig.Endpoint.Answer = _ => status;

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Events(3_000)));

        Assert.Equal(3_000, result.Accounts.Records.Returned);
        Assert.InRange(result.Accounts.Requests, 1, 4);
        Assert.Empty(_rig.DeadLetters.Letters);
        Assert.Equal("endpoint_misconfigured", result.Stopped["default"].Reason);
        Assert.DoesNotContain(PipelineRig.Key, result.Stopped["default"].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_403_for_one_event_among_accepted_ones_is_a_refusal()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 10 }, Delivery = _rig.Options.Delivery with { Concurrency = 1 } };
        _rig.Endpoint.Answer = posted => posted.Body.Contains("poison", StringComparison.Ordinal) ? 403 : 200;

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Events(30, i => i == 15)));

        Assert.Equal((29, 1), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
        Assert.Equal(403, Assert.Single(_rig.DeadLetters.Letters).HttpStatus);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task After_a_wish_to_wait_nothing_is_posted_before_its_time_and_then_everything_arrives_once(int status)
    {
        var faults = 2;
        _rig.Endpoint.Answer = _ => faults-- > 0 ? new Answered(status, "7") : 200;

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Events(2_500)));

        Assert.Equal(2_500, result.Accounts.Records.Sent);
        Assert.Equal(2_500, _rig.Endpoint.AcceptedIds.Distinct().Count());
        Assert.Equal(2_500, _rig.Endpoint.AcceptedIds.Count());
        var refusals = _rig.Endpoint.Requests.Where(r => r.Status == status).ToList();
        var underWay = _rig.Options.Delivery.Concurrency;
        foreach (var refusal in refusals)
        {
            var tooEarly = _rig.Endpoint.Requests.Count(r => r.At > refusal.At && r.At < refusal.At.AddSeconds(7) && r.Status == 200);
            Assert.InRange(tooEarly, 0, underWay - 1);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("999999999")]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT")]
    [InlineData("soon")]
    public async Task A_wish_that_cannot_be_followed_gives_way_to_our_own_back_off(string wish)
    {
        var faults = 1;
        _rig.Endpoint.Answer = _ => faults-- > 0 ? new Answered(503, wish) : 200;

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Events(1)));

        Assert.Equal(1, result.Accounts.Records.Sent);
        Assert.Equal(TimeSpan.FromMilliseconds(250), _rig.Endpoint.Requests[1].At - _rig.Endpoint.Requests[0].At);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(-1)]
    [InlineData(-2)]
    public async Task An_endpoint_that_stays_down_is_given_up_after_45_seconds_and_nothing_is_parked(int status)
    {
        _rig.Endpoint.Answer = _ => status;
        var delivery = new TestDelivery("orders", Leads.Events(5_000));

        var result = await _rig.RunAsync(delivery);

        Assert.Equal(5_000, result.Accounts.Records.Returned);
        Assert.Empty(_rig.DeadLetters.Letters);
        Assert.Equal("endpoint_unavailable", delivery.Settled!.Reason);
        Assert.InRange(_rig.Clock.UtcNow - TestClock.Morning, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(46));
        Assert.InRange(result.Accounts.Requests, 5, 60);
    }

    [Fact]
    public async Task A_dozen_faults_in_a_row_are_sat_out_by_a_run_of_a_single_batch()
    {
        var faults = 12;
        _rig.Endpoint.Answer = _ => faults-- > 0 ? 503 : 200;

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Events(5)));

        Assert.Equal((5, 13), (result.Accounts.Records.Sent, result.Accounts.Requests));
    }

    [Fact]
    public async Task A_wish_to_wait_for_longer_than_the_run_does_ends_the_run_at_once()
    {
        _rig.Endpoint.Answer = _ => new Answered(429, "3600");

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Events(10)));

        Assert.Equal(10, result.Accounts.Records.Returned);
        Assert.Equal(1, result.Accounts.Requests);
    }

    [Fact]
    public async Task A_request_without_an_answer_times_out_and_is_tried_again_with_the_same_bytes()
    {
        var slow = 1;
        _rig.Endpoint.Answer = _ => slow-- > 0 ? new Answered(200, Wait: TimeSpan.FromMinutes(5)) : 200;

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Events(3)));

        Assert.Equal(3, result.Accounts.Records.Sent);
        Assert.Equal(2, _rig.Endpoint.Requests.Count);
        Assert.Equal(_rig.Endpoint.Requests[0].Body, _rig.Endpoint.Requests[1].Body);
    }

    [Fact]
    public async Task A_long_outage_within_the_patience_of_the_run_is_sat_out()
    {
        _rig.Options = _rig.Options with { Delivery = _rig.Options.Delivery with { GiveUpAfter = TimeSpan.FromHours(2) } };
        _rig.Endpoint.Answer = posted => posted.At < TestClock.Morning.AddMinutes(3) ? 503 : 200;

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Events(1_200)));

        Assert.Equal(1_200, result.Accounts.Records.Sent);
        Assert.Equal(1_200, _rig.Endpoint.AcceptedIds.Distinct().Count());
    }

    [Fact]
    public async Task On_the_last_permitted_delivery_what_cannot_be_handed_over_is_parked()
    {
        _rig.Endpoint.Answer = _ => 503;
        var last = new TestDelivery("last", Leads.Events(2)) { Last = true };
        var first = new TestDelivery("first", Leads.Event("other"));

        var result = await _rig.RunAsync(last, first);

        Assert.Equal((2, 1), (result.Accounts.Records.DeadLettered, result.Accounts.Records.Returned));
        Assert.All(_rig.DeadLetters.Letters, letter => Assert.Equal("endpoint_unavailable", letter.Reason));
        Assert.Equal(OutcomeKind.Returned, first.Settled!.Kind);
    }

    [Fact]
    public async Task On_the_last_permitted_delivery_a_refusal_without_witness_is_parked_as_unconfirmed()
    {
        _rig.Endpoint.Answer = _ => 400;

        await _rig.RunAsync(new TestDelivery("last", Leads.Events(1)) { Last = true });

        Assert.Equal("refused_unconfirmed", Assert.Single(_rig.DeadLetters.Letters).Reason);
    }

    [Fact]
    public async Task What_cannot_be_parked_stays_in_its_source()
    {
        _rig.DeadLetters.Fails = true;
        PoisonIsRefused();
        var bad = new TestDelivery("bad", "{\"event_name\":5}");
        var poisoned = new TestDelivery("poisoned", Leads.Events(2, i => i == 1));

        var result = await _rig.RunAsync(bad, poisoned);

        Assert.Equal((1, 2), (result.Accounts.Records.Sent, result.Accounts.Records.Returned));
        Assert.Equal("dead_letters_unavailable", bad.Settled!.Reason);
        Assert.Equal(OutcomeKind.Returned, poisoned.Settled!.Kind);
    }

    [Fact]
    public async Task A_source_that_cannot_be_told_the_outcome_is_counted_and_harms_nobody_else()
    {
        var lost = new TestDelivery("lost", Leads.Event("a")) { FailsToSettle = new InvalidOperationException("lock lost") };
        var kept = new TestDelivery("kept", Leads.Event("b"));

        var result = await _rig.RunAsync(lost, kept);

        Assert.Equal(1, result.Accounts.SettlementFailures);
        Assert.Equal(OutcomeKind.Sent, kept.Settled!.Kind);
    }

    [Fact]
    public async Task An_invalid_event_is_parked_with_all_its_findings_and_its_neighbours_are_sent()
    {
        var broken = Leads.Event("x", "\"value\":5,\"currency\":\"eur1\",").Replace("1795251000000", "1795251000", StringComparison.Ordinal);

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Event("a"), broken, Leads.Event("b")));

        Assert.Equal(["a", "b"], _rig.Endpoint.AcceptedIds);
        var letter = Assert.Single(_rig.DeadLetters.Letters);
        Assert.Equal("invalid_event", letter.Reason);
        Assert.Equal(["CAX013", "CAX032"], letter.Findings.Select(f => f.Code).Order());
        Assert.Equal(1, result.Accounts.Reasons["invalid_event"]);
    }

    [Fact]
    public async Task An_event_over_its_limit_is_parked_with_its_size_and_heaviest_paths()
    {
        var large = Leads.Event("large", $"\"note\":\"{new string('n', 40_000)}\",");

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Event("a"), large, Leads.Event("b")));

        Assert.Equal((2, 1), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered));
        var letter = Assert.Single(_rig.DeadLetters.Letters);
        Assert.Equal(("event_too_large", large.Length), (letter.Reason, (int)letter.Size));
        Assert.Contains("$.note", letter.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_strict_mode_a_warning_parks_the_event()
    {
        _rig.Options = _rig.Options with { Events = _rig.Options.Events with { Strict = true } };

        var result = await _rig.RunAsync(new TestDelivery("orders", Leads.Event("old", timestamp: 1_700_000_000_000), Leads.Event("late").Replace("1795251000000", "\"1795251000000\"", StringComparison.Ordinal)));

        Assert.Equal(2, result.Accounts.Records.DeadLettered);
        Assert.Equal(["CAX012", "CAX014"], _rig.DeadLetters.Letters.Select(l => l.Findings[0].Code).Order());
    }

    [Fact]
    public async Task Destinations_are_kept_apart()
    {
        _rig.Endpoint.Answer = posted => posted.Query.Contains("tc_s=29&", StringComparison.Ordinal) ? 401 : 200;
        var closed = new TestDelivery("closed", Leads.Events(3));
        var open = new TestDelivery("open", Leads.Event("open")) { To = "second" };
        var unknown = new TestDelivery("unknown", Leads.Event("unknown")) { To = "third" };

        var result = await _rig.RunAsync(closed, open, unknown);

        Assert.Equal((1, 1, 3), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered, result.Accounts.Records.Returned));
        Assert.Equal(["open"], _rig.Endpoint.AcceptedIds);
        Assert.Equal("unknown_destination", unknown.Settled!.Reason);
        Assert.StartsWith("_unknown/unknown_destination/2026/11/21/", Assert.Single(_rig.DeadLetters.Letters).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_destination_ends_an_endless_input_and_counts_the_rest_of_a_file()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 1 }, Delivery = _rig.Options.Delivery with { Concurrency = 1 } };
        _rig.Endpoint.Answer = _ => 401;
        var file = new TestDelivery("file", Leads.Events(1_000));
        var endless = new TestDelivery("-", Leads.Events(1_000)) { Endless = true };

        var result = await _rig.RunAsync(file, endless);

        Assert.Equal((1_000, 0), (file.Asked, endless.Asked));
        Assert.Equal((1_000, 1_000), (result.Accounts.Records.Total, result.Accounts.Records.Returned));
        Assert.InRange(result.Accounts.Events.Total, 1, 10);
        Assert.False(result.Complete);
    }

    [Fact]
    public async Task Reading_pauses_while_too_much_is_pending()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxPendingBytes = 100_000 } };
        _rig.Endpoint.Answer = _ => 503;
        var delivery = new TestDelivery("orders", Leads.Events(100_000)) { Endless = true };

        var result = await _rig.RunAsync(delivery);

        Assert.InRange(delivery.Asked, 10, 100);
        Assert.Equal(delivery.Asked, result.Accounts.Records.Returned);
    }

    [Fact]
    public async Task While_no_input_is_ready_an_open_batch_goes_off()
    {
        var sentBefore = -1;
        var delivery = new TestDelivery("slow", Leads.Events(3))
        {
            Before = async number =>
            {
                if (number == 2)
                {
                    await Task.Delay(TimeSpan.FromSeconds(30), _rig.Clock);
                    sentBefore = _rig.Endpoint.AcceptedIds.Count();
                }
            },
        };

        await _rig.RunAsync(delivery);

        Assert.Equal(2, sentBefore);
    }

    [Fact]
    public async Task An_interrupted_run_leaves_every_delivery_settled_or_returned()
    {
        using var interrupt = new CancellationTokenSource();
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 10 } };
        _rig.Endpoint.Answer = posted => posted.Ids.Contains(Leads.Id(0)) ? 200 : new Answered(200, Wait: TimeSpan.FromSeconds(10));
        var first = new TestDelivery("first", Leads.Events(10));
        var second = new TestDelivery("second", Leads.Events(5_000).Skip(10))
        {
            Before = number => number == 4_000 ? interrupt.CancelAsync() : Task.CompletedTask,
        };

        var result = await _rig.RunAsync(new RunOptions(), interrupt.Token, first, second);

        Assert.True(result.Interrupted);
        Assert.False(result.Complete);
        Assert.Equal(OutcomeKind.Sent, first.Settled!.Kind);
        Assert.Equal(OutcomeKind.Returned, second.Settled!.Kind);
        Assert.Equal(0, result.Accounts.Records.Open);
        Assert.Empty(_rig.DeadLetters.Letters);
    }

    [Fact]
    public async Task A_dry_run_counts_what_would_be_and_does_nothing()
    {
        var result = await _rig.RunAsync(new RunOptions { DryRun = true }, CancellationToken.None, new TestDelivery("orders", [.. Leads.Events(600), "{}"]));

        Assert.Equal((600, 1, 0), (result.Accounts.Records.Sent, result.Accounts.Records.DeadLettered, result.Accounts.Requests));
        Assert.Equal(2, result.Accounts.Batches);
        Assert.Empty(_rig.Endpoint.Requests);
        Assert.Empty(_rig.DeadLetters.Letters);
    }

    [Fact]
    public async Task No_second_sees_more_requests_than_the_rate_allows()
    {
        _rig.Options = _rig.Options with
        {
            Batching = new BatchingOptions { MaxEvents = 1 },
            Delivery = _rig.Options.Delivery with { RequestsPerSecond = 10 },
        };

        await _rig.RunAsync(new TestDelivery("orders", Leads.Events(25)));

        var times = _rig.Endpoint.Requests.Select(r => r.At).Order().ToList();
        Assert.Equal(25, times.Count);
        Assert.All(times, start => Assert.InRange(times.Count(t => t >= start && t < start.AddSeconds(1)), 1, 10));
    }

    [Fact]
    public async Task Whatever_the_endpoint_does_the_accounts_balance_and_nothing_is_lost()
    {
        for (var seed = 0; seed < 15; seed++)
        {
            var random = new Random(seed);
            var rig = new PipelineRig();
            rig.Options = rig.Options with
            {
                Batching = new BatchingOptions { MaxEvents = random.Next(10, 60) },
                Delivery = rig.Options.Delivery with { Concurrency = random.Next(1, 6), GiveUpAfter = TimeSpan.FromSeconds(random.Next(1, 30)) },
            };
            var statuses = new[] { 200, 200, 503, 200, 200, 429, 200, 200, -1, 200, 200, 408, 200, 200 };
            rig.Endpoint.Answer = posted => posted.Body.Contains("poison", StringComparison.Ordinal)
                ? 400
                : statuses[random.Next(statuses.Length)];
            var deliveries = Enumerable.Range(0, random.Next(1, 20))
                .Select(d => new TestDelivery($"d{d}", Records(random)))
                .ToArray();

            var result = await rig.RunAsync([.. deliveries]);

            var accepted = rig.Endpoint.AcceptedIds.ToHashSet();
            Assert.Equal(result.Accounts.Records.Total, deliveries.Sum(d => d.Asked));
            Assert.Equal(result.Accounts.Events.Sent, rig.Endpoint.AcceptedIds.Count());
            Assert.Equal(accepted.Count, rig.Endpoint.AcceptedIds.Count());
            Assert.All(rig.DeadLetters.Letters, letter => Assert.DoesNotContain(letter.EventId ?? "", accepted));
            Assert.All(deliveries, delivery => Assert.NotNull(delivery.Settled));
        }

        static List<string> Records(Random random) => [.. Enumerable.Range(0, random.Next(0, 120)).Select(_ => random.Next(12) switch
        {
            0 => "{\"no\":\"shape\"}",
            1 => Leads.Event("bad-" + random.Next(1_000_000), "\"value\":-1,"),
            2 => Leads.Event("poison-" + random.Next(40), "\"note\":\"poison\","),
            3 => Leads.WithoutId("lead-" + random.Next(10)),
            _ => Leads.Event("good-" + random.Next(3_000)),
        })];
    }

    private static Answered RefusePoison(Posted posted) => posted.Body.Contains("poison", StringComparison.Ordinal) ? 400 : 200;

    private void PoisonIsRefused() => _rig.Endpoint.Answer = RefusePoison;
}
