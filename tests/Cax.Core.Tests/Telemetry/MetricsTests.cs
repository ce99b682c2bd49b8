using Cax.Core.Batching;
using Cax.Core.Mapping;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Telemetry;

public sealed class MetricsTests : IDisposable
{
    private readonly TelemetryProbe _probe = new();
    private readonly PipelineRig _rig;

    public MetricsTests() => _rig = new PipelineRig { Telemetry = _probe.Telemetry };

    public void Dispose() => _probe.Dispose();

    [Fact]
    public async Task Events_and_records_are_counted_as_the_accounts_count_them()
    {
        _rig.Endpoint.Answer = posted => posted.Body.Contains("poison", StringComparison.Ordinal) ? 400 : 200;
        string[] records = [.. Leads.Events(20, i => i == 7), Leads.Event("id-00001"), "{\"what\":\"is this\"}"];

        var result = await _rig.RunAsync(new TestDelivery("mixed", records), new TestDelivery("other", Leads.Event("x")) { To = "SECOND" });

        Assert.Equal(20, _probe.Sum("cax.events", "destination=default", "outcome=sent") + _probe.Sum("cax.events", "destination=second", "outcome=sent"));
        Assert.Equal(1, _probe.Sum("cax.events", "destination=second", "outcome=sent"));
        Assert.Equal(1, _probe.Sum("cax.events", "destination=default", "outcome=dead_lettered", "reason=refused"));
        Assert.Equal(1, _probe.Sum("cax.events", "destination=default", "outcome=skipped", "reason=duplicate"));
        Assert.Equal(1, _probe.Sum("cax.records", "destination=default", "outcome=dead_lettered", "reason=unknown_payload"));
        Assert.Equal(result.Accounts.Events.Total, _probe.Sum("cax.events"));
        Assert.Equal(result.Accounts.Records.Total, _probe.Sum("cax.records"));
        Assert.Equal(2, _probe.Sum("cax.dead_letters.written"));
        Assert.Equal(1, _probe.Sum("cax.dead_letters.written", "destination=default", "reason=refused"));
    }

    [Fact]
    public async Task Records_are_counted_by_profile_and_the_hundred_and_first_shares_its_tag()
    {
        var profiles = 0;
        var rig = new PipelineRig
        {
            Telemetry = _probe.Telemetry,
            Mapper = new SplittingMapper { Chooses = _ => new ProfileChoice(FormattableString.Invariant($"till-{++profiles}"), ProfileRule.Shape) },
        };

        await rig.RunAsync(new TestDelivery("tills", Leads.Events(102)));

        Assert.Equal(1, _probe.Sum("cax.records", "profile=till-100", "outcome=sent"));
        Assert.Equal(2, _probe.Sum("cax.records", "profile=(other)", "outcome=sent"));
        Assert.Equal(0, _probe.Sum("cax.events", "profile=till-100"));
    }

    [Fact]
    public async Task What_a_sender_calls_a_destination_becomes_no_tag()
    {
        await _rig.RunAsync(new TestDelivery("lost", Leads.Event("x")) { To = "ada@example.com" });

        var counted = Assert.Single(_probe.Of("cax.records"));
        Assert.Equal(["destination=(unknown)", "outcome=dead_lettered", "reason=unknown_destination"], counted.Tags);
    }

    [Fact]
    public async Task Each_batch_says_how_large_it_is_and_why_it_was_closed()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxEvents = 10, MaxBytes = 6_000 } };
        var large = Enumerable.Range(0, 3).Select(i => Leads.Event("large-" + i, $"\"note\":\"{new string('x', 4_000)}\","));
        var pauses = new TestDelivery("pauses", Leads.Events(2)) { Before = asked => asked == 1 ? Task.Delay(TimeSpan.FromSeconds(5), _rig.Clock) : Task.CompletedTask };

        await _rig.RunAsync(pauses, new TestDelivery("many", Leads.Events(30).Skip(2)), new TestDelivery("large", large));

        Assert.Equal(1, _probe.Sum("cax.batch.closed", "destination=default", "why=idle"));
        Assert.Equal(2, _probe.Sum("cax.batch.closed", "destination=default", "why=count"));
        Assert.Equal(3, _probe.Sum("cax.batch.closed", "destination=default", "why=size"));
        Assert.Equal(1, _probe.Sum("cax.batch.closed", "destination=default", "why=end"));
        Assert.Equal(33, _probe.Sum("cax.batch.events", "destination=default"));
        Assert.Equal(_rig.Endpoint.Requests.Sum(request => request.Body.Length), _probe.Sum("cax.batch.bytes", "destination=default"));
    }

    [Fact]
    public async Task A_batch_that_makes_room_says_so()
    {
        _rig.Options = _rig.Options with { Batching = new BatchingOptions { MaxPendingBytes = 10_000 } };

        await _rig.RunAsync(new TestDelivery("orders", Leads.Events(50)));

        Assert.True(_probe.Sum("cax.batch.closed", "why=room") > 1);
    }

    [Fact]
    public async Task Requests_are_timed_by_class_of_status_and_repeats_are_counted()
    {
        Answered[] answers = [new(503, Wait: TimeSpan.FromSeconds(2)), -1, new(200, Wait: TimeSpan.FromSeconds(3))];
        var asked = 0;
        _rig.Endpoint.Answer = _ => answers[asked++];

        await _rig.RunAsync(new TestDelivery("one", Leads.Event("x")));

        Assert.Equal(
            [("status_class=5xx", 2), ("status_class=none", 0), ("status_class=2xx", 3)],
            _probe.Of("cax.request.duration").Select(measured => (measured.Tags[1], (int)measured.Value)));
        Assert.Equal(2, _probe.Sum("cax.request.retries", "destination=default"));
    }

    [Fact]
    public async Task A_request_without_an_answer_in_time_is_timed_too()
    {
        var asked = 0;
        _rig.Endpoint.Answer = _ => asked++ == 0 ? new Answered(200, Wait: TimeSpan.FromMinutes(5)) : 200;

        await _rig.RunAsync(new TestDelivery("one", Leads.Event("x")));

        Assert.Equal(20, Assert.Single(_probe.Of("cax.request.duration"), measured => measured.Has("status_class=none")).Value);
    }

    [Theory]
    [InlineData(429, "30", "retry_after")]
    [InlineData(401, null, "misconfigured")]
    [InlineData(503, null, "breaker")]
    [InlineData(400, null, "refuses_all")]
    public async Task A_closed_destination_shows_with_its_cause_until_something_is_taken(int status, string? after, string why)
    {
        var seen = new List<Measured>();
        var begin = _rig.Clock.UtcNow;
        _rig.Endpoint.Answer = posted =>
        {
            _probe.Observe();
            seen.AddRange(_probe.Of("cax.destination.closed"));
            return posted.At - begin > TimeSpan.FromSeconds(90) ? 200 : new Answered(status, after);
        };

        await _rig.RunAsync(new RunOptions { HoldFor = TimeSpan.FromMinutes(20) }, CancellationToken.None, new TestDelivery("many", Leads.Events(20)));
        var during = seen.Where(measured => measured.Value == 1).SelectMany(measured => measured.Tags).Distinct();
        var count = _probe.Of("cax.destination.closed").Count;
        _probe.Observe();

        Assert.Equal(["destination=default", "why=" + why], during);
        var afterwards = _probe.Of("cax.destination.closed").Skip(count).ToList();
        Assert.Equal(8, afterwards.Count);
        Assert.All(afterwards, measured => Assert.Equal(0, measured.Value));
    }

    [Fact]
    public async Task The_age_of_an_event_runs_from_its_source_to_the_answer_and_the_rate_says_how_long_it_kept_a_request()
    {
        _rig.Options = _rig.Options with
        {
            Batching = new BatchingOptions { MaxEvents = 1 },
            Delivery = _rig.Options.Delivery with { RequestsPerSecond = 2, Concurrency = 1 },
        };
        _rig.Clock.Advance(TimeSpan.FromSeconds(60));

        await _rig.RunAsync(new TestDelivery("three", Leads.Events(3)));

        Assert.Equal([60, 60.5, 61], _probe.Of("cax.event.age").Select(measured => measured.Value));
        Assert.Equal([0, 0.5, 0.5], _probe.Of("cax.rate.wait").Select(measured => measured.Value));
        Assert.All(_probe.Of("cax.event.age"), measured => Assert.Equal(["destination=default"], measured.Tags));
    }

    [Fact]
    public async Task Failures_of_dead_letters_and_settlements_and_lost_locks_are_counted()
    {
        _rig.DeadLetters.Fails = true;
        var lost = new TestDelivery("lost", Leads.Event("a"), Leads.Event("b")) { Held = _rig.Clock.UtcNow.AddSeconds(3) };
        var late = new TestDelivery("late", Leads.Event("c")) { FailsToSettle = new InvalidOperationException(), LosesLock = true };
        var failing = new TestDelivery("failing", Leads.Event("d")) { FailsToSettle = new InvalidOperationException() };

        await _rig.RunAsync(new TestDelivery("bad", "{}", "{}"), lost, late, failing);

        Assert.Equal(2, _probe.Sum("cax.dead_letters.failed", "destination=default", "reason=unknown_payload"));
        Assert.Equal(0, _probe.Sum("cax.dead_letters.written"));
        Assert.Equal(2, _probe.Sum("cax.settlement.failures", "destination=default"));
        Assert.Equal(1, _probe.Sum("cax.locks.lost", "destination=default", "stage=posting"));
        Assert.Equal(1, _probe.Sum("cax.locks.lost", "destination=default", "stage=settling"));
    }

    [Fact]
    public async Task A_dry_run_is_not_measured()
    {
        await _rig.RunAsync(new RunOptions { DryRun = true }, CancellationToken.None, new TestDelivery("dry", [.. Leads.Events(3), "{}"]));

        Assert.Empty(_probe.Measurements);
        Assert.Empty(_probe.Activities);
    }
}
