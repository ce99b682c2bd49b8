using System.Text;
using Azure.Core.Amqp;
using Cax.Core;
using Cax.Core.Batching;
using Cax.Core.Delivery;
using Cax.Core.Sources;
using Cax.Core.Tests.Support;
using CaxFunctions.Tests.Support;

namespace CaxFunctions.Tests.ServiceBus;

public sealed class MessageTests
{
    private readonly MessageRig _rig = new();

    [Fact]
    public async Task A_message_is_completed_only_when_the_events_of_all_its_batches_are_accounted_for()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 10 } };
        var entry = _rig.Queue.Send($"[{string.Join(',', Enumerable.Range(0, 45).Select(i => MessageRig.Lead($"L-{i}")))}]");
        var refused = 0;
        var openWhileRefusing = true;
        _rig.Endpoint.Answer = posted =>
        {
            openWhileRefusing &= entry.State == QueueTwin.EntryState.Open;
            return posted.Body.Contains("\"L-23\"", StringComparison.Ordinal) && ++refused > 0 ? 400 : 200;
        };

        await _rig.InvokeAsync();

        Assert.True(refused > 1);
        Assert.True(openWhileRefusing);
        Assert.Equal(QueueTwin.EntryState.Completed, entry.State);
        Assert.Equal(44, _rig.Endpoint.AcceptedIds.Distinct().Count());
        Assert.Equal(ReasonCodes.Refused, Assert.Single(_rig.DeadLetters.Letters).Reason);
    }

    [Fact]
    public async Task A_message_of_which_one_batch_fails_for_good_stays_in_the_queue_and_is_completed_when_the_rest_is_sent()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 10 } };
        var entry = _rig.Queue.Send($"[{string.Join(',', Enumerable.Range(0, 30).Select(i => MessageRig.Lead($"L-{i}")))}]");
        var back = _rig.Clock.UtcNow + _rig.Options.ServiceBus.HoldFor + TimeSpan.FromMinutes(10);
        _rig.Endpoint.Answer = posted => posted.Body.Contains("\"L-23\"", StringComparison.Ordinal) && posted.At < back ? 503 : 200;

        await _rig.InvokeAsync();
        var afterTheFirst = entry.State;
        await _rig.DrainAsync();

        Assert.Equal(QueueTwin.EntryState.Open, afterTheFirst);
        Assert.Equal(QueueTwin.EntryState.Completed, entry.State);
        Assert.Equal(30, _rig.Endpoint.AcceptedIds.Distinct().Count());
        Assert.Equal(30, _rig.Endpoint.AcceptedIds.Count());
    }

    [Fact]
    public async Task A_process_that_dies_between_parking_and_settling_parks_again_under_the_same_name()
    {
        var entry = _rig.Queue.Send("{\"type\":\"lead.created\"}");
        _rig.Queue.FailsToSettle = _ => new OperationCanceledException("the process died here");
        await _rig.InvokeAsync();
        var first = Assert.Single(_rig.DeadLetters.Letters);
        Assert.Equal(QueueTwin.EntryState.Open, entry.State);

        _rig.Restart();
        _rig.Queue.FailsToSettle = _ => null;
        await _rig.DrainAsync();

        Assert.Equal(first.Name, Assert.Single(_rig.DeadLetters.Letters).Name);
        Assert.Equal(QueueTwin.EntryState.Completed, entry.State);
        Assert.Equal(2, _rig.DeadLetters.Flushes);
    }

    [Fact]
    public async Task A_message_whose_settlement_failed_is_not_sent_twice_by_the_same_process()
    {
        var entry = _rig.Queue.Send(MessageRig.Lead("L-1"));
        _rig.Queue.FailsToSettle = _ => entry.SettlingTries == 1 ? new QueueTwin.BrokerException("MessageLockLost") : null;

        await _rig.InvokeAsync();
        await _rig.DrainAsync();

        Assert.Equal(QueueTwin.EntryState.Completed, entry.State);
        Assert.Single(_rig.Endpoint.AcceptedIds);
    }

    [Fact]
    public async Task The_message_property_selects_the_destination_and_an_unknown_one_is_parked_not_guessed()
    {
        _rig.Queue.Send(MessageRig.Lead("L-1"));
        _rig.Queue.Send(MessageRig.Lead("L-2"), new Dictionary<string, object> { ["cax-destination"] = "OUTLET" });
        _rig.Queue.Send(MessageRig.Lead("L-3"), new Dictionary<string, object> { ["cax-destination"] = "nowhere" });
        _rig.Queue.Send(MessageRig.Lead("L-4"), new Dictionary<string, object> { ["cax-destination"] = 7 });

        await _rig.InvokeAsync();

        Assert.Contains(_rig.Endpoint.Requests, request => request.Query.Contains("tc_s=29", StringComparison.Ordinal) && request.Body.Contains("L-1", StringComparison.Ordinal));
        Assert.Contains(_rig.Endpoint.Requests, request => request.Query.Contains("tc_s=30", StringComparison.Ordinal) && request.Body.Contains("L-2", StringComparison.Ordinal));
        Assert.Equal(2, _rig.Endpoint.Requests.Count);
        Assert.Equal([ReasonCodes.UnknownDestination, ReasonCodes.UnknownDestination], _rig.DeadLetters.Letters.Select(letter => letter.Reason));
        Assert.All(_rig.Queue.Entries, entry => Assert.Equal(QueueTwin.EntryState.Completed, entry.State));
    }

    [Fact]
    public async Task A_closed_destination_keeps_the_messages_of_another_from_nothing()
    {
        var began = _rig.Clock.UtcNow;
        for (var i = 0; i < 100; i++)
        {
            // Large enough that each is a batch of its own, so that every slot to the closed destination is taken.
            _rig.Queue.Send(MessageRig.Lead($"A-{i}"));
        }

        var other = _rig.Queue.Send(MessageRig.Lead("B-1"), new Dictionary<string, object> { ["cax-destination"] = "outlet" });
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 1 } };
        _rig.Endpoint.Answer = posted => posted.Query.Contains("tc_s=29", StringComparison.Ordinal) ? new Answered(429, RetryAfter: "600") : 200;

        await _rig.InvokeAsync();

        Assert.Equal(QueueTwin.EntryState.Completed, other.State);
        Assert.InRange(other.SettledAt!.Value - began, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(100, _rig.Queue.Open.Count());
    }

    [Fact]
    public async Task The_hold_ends_in_time_and_leaves_the_messages_alone_with_their_locks_kept_until_then()
    {
        var began = _rig.Clock.UtcNow;
        var entry = _rig.Queue.Send(MessageRig.Lead("L-1"));
        _rig.Endpoint.Answer = _ => 503;

        await _rig.InvokeAsync();

        Assert.Equal(_rig.Options.ServiceBus.HoldFor, _rig.Clock.UtcNow - began);
        Assert.InRange(entry.LockedUntil - _rig.Clock.UtcNow, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));
        Assert.Equal(0, entry.SettlingTries);
        Assert.InRange(_rig.Queue.Renewals, 9, 11);
    }

    [Fact]
    public async Task A_wish_to_be_left_alone_for_an_hour_is_granted_without_a_request_and_without_returning_early()
    {
        var began = _rig.Clock.UtcNow;
        _rig.Queue.Send(MessageRig.Lead("L-1"));
        _rig.Endpoint.Answer = posted => posted.At < began + TimeSpan.FromHours(1) ? new Answered(503, RetryAfter: "3600") : 200;

        await _rig.InvokeAsync();
        var first = (_rig.Clock.UtcNow - began, _rig.Endpoint.Requests.Count);
        await _rig.DrainAsync();

        Assert.Equal((_rig.Options.ServiceBus.HoldFor, 1), first);
        Assert.Equal([503, 200], _rig.Endpoint.Requests.Select(request => request.Status));
        Assert.True(_rig.Endpoint.Requests[1].At >= began + TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task What_is_sent_again_once_the_endpoint_is_back_goes_in_the_same_invocation()
    {
        var began = _rig.Clock.UtcNow;
        _rig.Queue.Send(MessageRig.Lead("L-1"));
        _rig.Endpoint.Answer = posted => posted.At < began + TimeSpan.FromMinutes(12) ? 401 : 200;

        await _rig.InvokeAsync();

        Assert.Empty(_rig.Queue.Open);
        Assert.Equal(13, _rig.Endpoint.Requests.Count);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_everything_closes_the_destination_and_nothing_is_parked_when_it_recovers()
    {
        var began = _rig.Clock.UtcNow;
        for (var i = 0; i < 40; i++)
        {
            _rig.Queue.Send(MessageRig.Lead($"L-{i}"));
        }

        _rig.Endpoint.Answer = posted => posted.At < began + TimeSpan.FromMinutes(15) ? 400 : 200;

        await _rig.InvokeAsync();

        Assert.Empty(_rig.Queue.Open);
        Assert.Empty(_rig.DeadLetters.Letters);
        Assert.Equal(40, _rig.Endpoint.AcceptedIds.Distinct().Count());

        // Until eight were refused alone it is searched; after that one probe a minute.
        Assert.InRange(_rig.Endpoint.Requests.Count(request => request.Status == 400), 15, 60);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_everything_for_longer_than_the_hold_leaves_every_message_in_the_queue()
    {
        for (var i = 0; i < 40; i++)
        {
            _rig.Queue.Send(MessageRig.Lead($"L-{i}"));
        }

        _rig.Endpoint.Answer = _ => 400;

        await _rig.InvokeAsync();

        Assert.Equal(40, _rig.Queue.Open.Count());
        Assert.Empty(_rig.DeadLetters.Letters);
    }

    [Theory]
    [InlineData(503, ReasonCodes.EndpointUnavailable)]
    [InlineData(401, ReasonCodes.EndpointMisconfigured)]
    [InlineData(400, ReasonCodes.RefusedUnconfirmed)]
    public async Task On_its_last_delivery_a_message_is_parked_for_want_of_an_endpoint_and_completed(int status, string reason)
    {
        var entry = _rig.Queue.Send(MessageRig.Lead("L-1"), deliveries: _rig.Options.ServiceBus.MaxDeliveryCount - 1);
        _rig.Endpoint.Answer = _ => status;

        await _rig.InvokeAsync();

        Assert.Equal(reason, Assert.Single(_rig.DeadLetters.Letters).Reason);
        Assert.Equal(QueueTwin.EntryState.Completed, entry.State);
    }

    [Fact]
    public async Task Above_the_fifth_delivery_messages_are_processed_one_at_a_time_after_the_others_the_least_suspicious_first()
    {
        _rig.Queue.Send(MessageRig.Lead("S-1"), deliveries: 8);
        _rig.Queue.Send(MessageRig.Lead("S-2"), deliveries: 5);
        _rig.Queue.Send(MessageRig.Lead("U-1"), deliveries: 4);
        _rig.Queue.Send(MessageRig.Lead("U-2"));

        await _rig.InvokeAsync();

        string[] ids = ["U-1", "U-2", "S-2", "S-1"];
        var requests = _rig.Endpoint.Requests.Select(request => string.Join(' ', ids.Where(id => request.Body.Contains($"\"{id}\"", StringComparison.Ordinal)))).ToList();
        Assert.Equal(["U-1 U-2", "S-2", "S-1"], requests);
    }

    [Fact]
    public async Task A_lock_that_is_lost_during_the_hold_takes_its_message_out_of_the_batch_and_no_other()
    {
        var lost = _rig.Queue.Send(MessageRig.Lead("L-1"));
        var kept = _rig.Queue.Send(MessageRig.Lead("L-2"));
        var began = _rig.Clock.UtcNow;
        _rig.Queue.FailsToRenew = number => number == lost.SequenceNumber ? new QueueTwin.BrokerException("(MessageLockLost)") : null;
        _rig.Endpoint.Answer = posted => posted.At < began + TimeSpan.FromMinutes(10) ? 503 : 200;

        await _rig.InvokeAsync();

        Assert.Equal(QueueTwin.EntryState.Completed, kept.State);
        Assert.Equal(QueueTwin.EntryState.Open, lost.State);
        Assert.DoesNotContain("\"L-1\"", Assert.Single(_rig.Endpoint.Requests, request => request.Status == 200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewal_that_fails_for_the_moment_is_asked_for_again()
    {
        var entry = _rig.Queue.Send(MessageRig.Lead("L-1"));
        var began = _rig.Clock.UtcNow;
        var failures = 0;
        _rig.Queue.FailsToRenew = _ => ++failures <= 3 ? new QueueTwin.BrokerException("the broker is busy") : null;
        _rig.Endpoint.Answer = posted => posted.At < began + TimeSpan.FromMinutes(10) ? 503 : 200;

        await _rig.InvokeAsync();

        Assert.Equal(QueueTwin.EntryState.Completed, entry.State);
        Assert.Equal(1, entry.Deliveries);
    }

    [Fact]
    public async Task Nothing_is_posted_before_the_source_key_is_known_to_be_active()
    {
        var began = _rig.Clock.UtcNow;
        _rig.Check = new SourceCheck(
            new ConfigApiOptions { Token = "t" },
            new AnsweringHandler((_, _) => Task.FromResult(new HttpResponseMessage
            {
                Content = new StringContent(_rig.Clock.UtcNow < began + TimeSpan.FromMinutes(3)
                    ? """{"data":[]}"""
                    : """{"data":[{"id":41,"attributes":{"integration_key":"0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11","status":"active","deleted_at":null}}]}"""),
            })),
            _rig.Clock);
        _rig.Queue.Send(MessageRig.Lead("L-1"));

        await _rig.InvokeAsync();

        var request = Assert.Single(_rig.Endpoint.Requests);
        Assert.Equal(began + TimeSpan.FromMinutes(3), request.At);
        Assert.Empty(_rig.Queue.Open);
    }

    [Fact]
    public async Task A_stopping_host_begins_no_request_and_settles_what_is_known()
    {
        using var stopping = new CancellationTokenSource();
        for (var i = 0; i < 30; i++)
        {
            _rig.Queue.Send(MessageRig.Lead($"L-{i}"));
        }

        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 1 }, Delivery = _rig.Options.Delivery with { Concurrency = 1 } };
        _rig.Endpoint.Answer = _ =>
        {
            if (_rig.Endpoint.Requests.Count == 9)
            {
                stopping.Cancel();
            }

            return new Answered(200, Wait: TimeSpan.FromSeconds(1));
        };

        await _rig.InvokeAsync(cancellation: stopping.Token);

        Assert.Equal(10, _rig.Endpoint.Requests.Count);
        Assert.Equal(20, _rig.Queue.Open.Count());
    }

    [Fact]
    public async Task A_bug_abandons_nothing_and_every_message_comes_again()
    {
        _rig.Queue.Send("{not json");
        _rig.DeadLetters.Bug = new InvalidOperationException("a bug");

        await _rig.InvokeAsync();

        var entry = Assert.Single(_rig.Queue.Open);
        Assert.True(entry.LockedUntil > _rig.Clock.UtcNow);
    }

    [Fact]
    public async Task Text_as_an_amqp_value_is_read_and_a_list_rests_in_the_queues_own_dead_letter_queue()
    {
        var text = _rig.Queue.Send("");
        text.AmqpBody = AmqpMessageBody.FromValue(MessageRig.Lead("L-1"));
        var bytes = _rig.Queue.Send("");
        bytes.AmqpBody = AmqpMessageBody.FromValue(Encoding.UTF8.GetBytes(MessageRig.Lead("L-2")));
        var list = _rig.Queue.Send("");
        list.AmqpBody = AmqpMessageBody.FromSequence([new List<object> { "a" }]);

        await _rig.InvokeAsync();

        Assert.Equal(2, _rig.Endpoint.AcceptedIds.Count());
        Assert.Equal([QueueTwin.EntryState.Completed, QueueTwin.EntryState.Completed, QueueTwin.EntryState.DeadLettered], _rig.Queue.Entries.Select(entry => entry.State));
        Assert.Equal(ReasonCodes.UnreadableBody, list.DeadLetterReason);
        Assert.Equal(ReasonCodes.UnreadableBody, Assert.Single(_rig.DeadLetters.Letters).Reason);
    }

    [Fact]
    public async Task A_record_above_the_limit_is_parked_whole_because_its_message_will_be_gone()
    {
        _rig.Options = _rig.Options with { Sources = new SourceOptions { MaxRecordBytes = 1_024 } };
        var body = MessageRig.Lead("L-" + new string('x', 40_000));
        _rig.Queue.Send(body);

        await _rig.InvokeAsync();

        var letter = Assert.Single(_rig.DeadLetters.Letters);
        Assert.Null(letter.OriginalSha256);
        Assert.Equal(body, Encoding.UTF8.GetString(letter.Original.Span));
        Assert.Empty(_rig.Queue.Open);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"batch\":[]}")]
    public async Task A_message_that_holds_nothing_is_parked_as_such(string body)
    {
        _rig.Queue.Send(body);

        await _rig.InvokeAsync();

        var letter = Assert.Single(_rig.DeadLetters.Letters);
        Assert.Equal((ReasonCodes.EmptyInput, body), (letter.Reason, Encoding.UTF8.GetString(letter.Original.Span)));
        Assert.Empty(_rig.Queue.Open);
    }

    [Fact]
    public async Task What_cannot_be_parked_is_let_go_at_once_though_another_destination_is_held()
    {
        var began = _rig.Clock.UtcNow;
        var unparked = _rig.Queue.Send("{not json");
        _rig.Queue.Send(MessageRig.Lead("B-1"), new Dictionary<string, object> { ["cax-destination"] = "outlet" });
        _rig.DeadLetters.Fails = true;
        _rig.Endpoint.Answer = _ => 503;

        await _rig.InvokeAsync();

        Assert.Equal(began + _rig.Queue.LockDuration, unparked.LockedUntil);
    }

    [Fact]
    public async Task Once_the_hold_is_over_only_the_last_deliveries_among_the_suspects_are_looked_at()
    {
        var log = new LogBook();
        var rig = new MessageRig { Logs = log };
        var last = rig.Queue.Send(MessageRig.Lead("S-0"), deliveries: rig.Options.ServiceBus.MaxDeliveryCount - 1);
        for (var i = 1; i < 60; i++)
        {
            rig.Queue.Send(MessageRig.Lead($"S-{i}"), deliveries: 6);
        }

        rig.Endpoint.Answer = _ => 503;

        await rig.InvokeAsync();

        Assert.Equal(QueueTwin.EntryState.Completed, last.State);
        Assert.Equal(ReasonCodes.EndpointUnavailable, Assert.Single(rig.DeadLetters.Letters).Reason);
        Assert.Equal(59, rig.Queue.Open.Count());
        Assert.Equal(2, log.Entries.Count(entry => entry.Id == 101));
    }
}
