using Cax.Core.Tests.Support;

namespace Cax.Core.Tests;

/// <summary>A run that holds on to what a closed destination does not take, and to no more than its sources leave to it.</summary>
public sealed class HoldTests
{
    private static readonly RunOptions HoldAnHour = new() { HoldFor = TimeSpan.FromHours(1) };

    private readonly PipelineRig _rig = new();

    public HoldTests() => _rig.Options = _rig.Options with { Delivery = _rig.Options.Delivery with { BackoffCap = TimeSpan.FromMinutes(2) } };

    [Theory]
    [InlineData(503)]
    [InlineData(401)]
    [InlineData(400)]
    [InlineData(-1)]
    public async Task What_a_closed_destination_does_not_take_goes_when_it_is_back(int status)
    {
        var back = _rig.Clock.UtcNow + TimeSpan.FromMinutes(40);
        _rig.Endpoint.Answer = posted => posted.At < back ? status : 200;
        var delivery = new TestDelivery("a", Leads.Events(20));

        var result = await RunAsync(HoldAnHour, delivery);

        Assert.Equal(20, result.Accounts.Events.Sent);
        Assert.Equal(OutcomeKind.Sent, delivery.Settled!.Kind);
        Assert.Empty(_rig.DeadLetters.Letters);
        Assert.True(_rig.Clock.UtcNow - back < TimeSpan.FromMinutes(25));
    }

    [Theory]
    [InlineData(503, ReasonCodes.EndpointUnavailable)]
    [InlineData(401, ReasonCodes.EndpointMisconfigured)]
    [InlineData(400, ReasonCodes.EndpointRefusesAll)]
    public async Task The_hold_ends_when_it_was_to_end_and_returns_the_rest(int status, string reason)
    {
        var began = _rig.Clock.UtcNow;
        _rig.Endpoint.Answer = _ => status;
        var delivery = new TestDelivery("a", Leads.Events(20));

        var result = await RunAsync(HoldAnHour, delivery);

        Assert.Equal(TimeSpan.FromHours(1), _rig.Clock.UtcNow - began);
        Assert.Equal(20, result.Accounts.Records.Returned);
        Assert.Equal(reason, delivery.Settled!.Reason);
    }

    [Fact]
    public async Task A_wish_beyond_the_end_of_the_hold_does_not_end_it_early()
    {
        var began = _rig.Clock.UtcNow;
        _rig.Endpoint.Answer = _ => new Answered(429, RetryAfter: "7200");

        await RunAsync(HoldAnHour, new TestDelivery("a", Leads.Events(3)));

        Assert.Equal(TimeSpan.FromHours(1), _rig.Clock.UtcNow - began);
        Assert.Single(_rig.Endpoint.Requests);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_everything_is_tried_once_a_minute_and_no_event_is_blamed()
    {
        var back = _rig.Clock.UtcNow + TimeSpan.FromMinutes(30);
        _rig.Endpoint.Answer = posted => posted.At < back || posted.Body.Contains("poison", StringComparison.Ordinal) ? 400 : 200;

        var result = await RunAsync(HoldAnHour, new TestDelivery("a", Leads.Events(64, i => i == 40)));

        Assert.Equal(63, result.Accounts.Events.Sent);
        Assert.Equal(ReasonCodes.Refused, Assert.Single(_rig.DeadLetters.Letters).Reason);
        var probes = _rig.Endpoint.Requests.Where(request => request.At < back).Select(request => request.At).ToList();
        Assert.InRange(probes.Count(at => at > probes[0] + TimeSpan.FromMinutes(1)), 25, 32);
    }

    [Fact]
    public async Task Nothing_is_posted_that_its_source_would_take_back_before_the_answer()
    {
        var held = new TestDelivery("a", Leads.Event("1")) { Held = _rig.Clock.UtcNow + TimeSpan.FromSeconds(26) };
        var tooShort = new TestDelivery("b", Leads.Event("2")) { Held = _rig.Clock.UtcNow + TimeSpan.FromSeconds(24) };

        await RunAsync(HoldAnHour, held, tooShort);

        Assert.Equal(["1"], _rig.Endpoint.AcceptedIds);
        Assert.Equal(OutcomeKind.Sent, held.Settled!.Kind);
        Assert.Equal(ReasonCodes.LockLost, tooShort.Settled!.Reason);
    }

    [Fact]
    public async Task What_is_lost_while_a_refused_batch_is_searched_disturbs_the_search_in_nothing()
    {
        var lost = new TestDelivery("b", Leads.Event("lost"));
        _rig.Endpoint.Answer = posted =>
        {
            lost.Held = DateTimeOffset.MinValue;
            return posted.Body.Contains("poison", StringComparison.Ordinal) ? 400 : 200;
        };

        await RunAsync(HoldAnHour, new TestDelivery("a", Leads.Events(30, i => i == 7)), lost, new TestDelivery("c", Leads.Event("last")));

        Assert.Equal(30, _rig.Endpoint.AcceptedIds.Count());
        Assert.Single(_rig.DeadLetters.Letters);
        Assert.Equal(ReasonCodes.LockLost, lost.Settled!.Reason);
    }

    [Fact]
    public async Task Many_letters_are_written_with_few_writes()
    {
        // The first write takes until everything is read; what came meanwhile is written together, a thousand letters at a time.
        var read = new TaskCompletionSource();
        _rig.DeadLetters.BeforeWriting = () => read.Task;
        var delivery = new TestDelivery("a", Enumerable.Range(0, 5_000).Select(i => $"{{\"n\":{i}}}")) { AfterLast = read.SetResult };

        var result = await RunAsync(HoldAnHour, delivery);

        Assert.Equal(5_000, result.Accounts.Records.DeadLettered);
        Assert.Equal(5_000, _rig.DeadLetters.Letters.Count);
        Assert.InRange(_rig.DeadLetters.Flushes, 5, 6);
    }

    [Fact]
    public async Task Sources_that_are_slow_to_be_told_keep_no_batch_from_being_sent()
    {
        var told = new TaskCompletionSource();
        _rig.Options = _rig.Options with
        {
            Batching = _rig.Options.Batching with { MaxEvents = 1 },
            Delivery = _rig.Options.Delivery with { Concurrency = 1 },
        };
        var deliveries = Enumerable.Range(0, 20).Select(i => new TestDelivery($"{i}", Leads.Event($"e{i}")) { BeforeSettling = () => told.Task }).ToArray();
        _rig.Endpoint.Answer = _ =>
        {
            if (_rig.Endpoint.Requests.Count == 19)
            {
                told.SetResult();
            }

            return 200;
        };

        await RunAsync(HoldAnHour, deliveries);

        Assert.All(deliveries, delivery => Assert.Equal(OutcomeKind.Sent, delivery.Settled!.Kind));
    }

    private Task<RunResult> RunAsync(RunOptions run, params TestDelivery[] deliveries) => _rig.RunAsync(run, CancellationToken.None, deliveries);
}
