using System.Net;
using Cax.Core.Delivery;
using Cax.Core.Telemetry;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Telemetry;

public sealed class NoticeTests : IDisposable
{
    private static readonly RunOptions Holding = new() { HoldFor = TimeSpan.FromMinutes(20) };

    private readonly TelemetryProbe _probe = new();
    private readonly PipelineRig _rig;

    public NoticeTests() => _rig = new PipelineRig { Telemetry = _probe.Telemetry };

    public void Dispose() => _probe.Dispose();

    [Fact]
    public async Task An_outage_is_told_once_when_it_begins_and_once_when_it_ends_however_its_answers_vary()
    {
        Answered[] outage = [503, -1, new(429, "20"), 502, 503, 503, 503, 503, 503, new(503, "15"), 500];
        var asked = 0;
        _rig.Endpoint.Answer = _ => asked < outage.Length ? outage[asked++] : 200;

        await _rig.RunAsync(Holding, CancellationToken.None, new TestDelivery("many", Leads.Events(20)));

        Assert.Equal(outage.Length, asked);
        var closed = Assert.IsType<DestinationClosed>(_probe.Notices[0]);
        Assert.Equal(("default", ClosingCause.RetryAfter, "HTTP 429"), (closed.Destination, closed.Cause, closed.Detail));
        var begin = _rig.Endpoint.Requests[2].At;
        Assert.Equal(begin.AddSeconds(20), closed.Until);
        var opened = Assert.IsType<DestinationOpened>(_probe.Notices[^1]);
        Assert.Equal(_rig.Endpoint.Requests[^1].At - begin, opened.After);
        Assert.Equal(2, _probe.Notices.Count);
    }

    [Fact]
    public async Task An_open_breaker_is_told_with_the_last_real_answer()
    {
        var begin = _rig.Clock.UtcNow;
        _rig.Endpoint.Answer = posted => posted.At - begin < TimeSpan.FromMinutes(2) ? 503 : 200;

        await _rig.RunAsync(Holding, CancellationToken.None, new TestDelivery("many", Leads.Events(20)));

        Assert.Collection(
            _probe.Notices,
            notice => Assert.Equal((ClosingCause.Breaker, "HTTP 503"), (((DestinationClosed)notice).Cause, ((DestinationClosed)notice).Detail)),
            notice => Assert.True(((DestinationOpened)notice).After > TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_trouble_of_another_kind_is_told_though_the_destination_was_closed_before()
    {
        Answered[] answers = [new(503, "10"), 401, 401, new(503, "10"), 200];
        var asked = 0;
        _rig.Endpoint.Answer = _ => answers[asked++];

        await _rig.RunAsync(Holding, CancellationToken.None, new TestDelivery("one", Leads.Event("x")));

        Assert.Equal(
            [ClosingCause.RetryAfter, ClosingCause.Misconfigured, ClosingCause.RetryAfter],
            _probe.Notices.OfType<DestinationClosed>().Select(closed => closed.Cause));
        Assert.Single(_probe.Notices.OfType<DestinationOpened>());
    }

    [Fact]
    public async Task An_endpoint_that_refuses_everything_is_told_whether_the_run_holds_on_or_gives_up()
    {
        var begin = _rig.Clock.UtcNow;
        _rig.Endpoint.Answer = posted => posted.At - begin < TimeSpan.FromMinutes(5) ? 400 : 200;

        await _rig.RunAsync(new TestDelivery("many", Leads.Events(20)));
        await _rig.RunAsync(Holding, CancellationToken.None, new TestDelivery("again", Leads.Events(20)));

        Assert.Collection(
            _probe.Notices,
            notice => Assert.Equal(ReasonCodes.EndpointRefusesAll, ((DestinationGivenUp)notice).Reason),
            notice => Assert.Equal((ClosingCause.RefusesAll, "HTTP 400"), (((DestinationClosed)notice).Cause, ((DestinationClosed)notice).Detail)),
            notice => Assert.IsType<DestinationOpened>(notice));
    }

    [Fact]
    public async Task A_run_that_waits_no_longer_says_so_once()
    {
        _rig.Endpoint.Answer = _ => 401;

        await _rig.RunAsync(new TestDelivery("one", Leads.Events(3)), new TestDelivery("two", Leads.Event("x")));

        var given = Assert.Single(_probe.Notices.OfType<DestinationGivenUp>());
        Assert.Equal(("default", "endpoint_misconfigured"), (given.Destination, given.Reason));
        Assert.Contains("check Cax__Endpoint", given.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_no_active_source_is_told_once_and_not_with_each_probe()
    {
        var answers = 0;
        var rig = Checked(() => new HttpResponseMessage { Content = new StringContent(
            $$$"""{"data":[{"id":41,"attributes":{"integration_key":"{{{PipelineRig.Key}}}","status":"{{{(answers++ < 3 ? "inactive" : "active")}}}"}}]}""") });

        await rig.RunAsync(Holding, CancellationToken.None, new TestDelivery("one", Leads.Event("x")));

        Assert.True(answers > 3);
        Assert.Equal(new SourceKeyRefused("default", "the source with this key on site 29 is not active"), Assert.Single(_probe.Notices.OfType<SourceKeyRefused>()));
        Assert.Single(_probe.Notices.OfType<DestinationClosed>());
        Assert.Single(_probe.Notices.OfType<DestinationOpened>());
    }

    [Fact]
    public async Task A_config_api_that_cannot_tell_is_told_once_and_keeps_nothing_back()
    {
        var rig = Checked(() => new HttpResponseMessage(HttpStatusCode.InternalServerError));

        var result = await rig.RunAsync(new TestDelivery("one", Leads.Event("x")));
        await rig.RunAsync(new TestDelivery("two", Leads.Event("y")));

        Assert.Equal(1, result.Accounts.Records.Sent);
        Assert.Equal([new SourceKeyUnconfirmed("default", "the Config API gives no answer (HTTP 500)")], _probe.Notices);
    }

    [Fact]
    public async Task Dead_letters_that_cannot_be_written_are_told_once_a_run()
    {
        _rig.DeadLetters.Fails = true;
        var slow = new TestDelivery("bad", Enumerable.Repeat("{}", 5)) { Before = _ => Task.Delay(TimeSpan.FromSeconds(1), _rig.Clock) };

        await _rig.RunAsync(slow);

        var failed = Assert.IsType<DeadLettersFailed>(Assert.Single(_probe.Notices));
        Assert.Equal((1, "IOException", "the disk is full"), (failed.Letters, failed.Failure, failed.Detail));
    }

    [Fact]
    public async Task A_settlement_that_failed_is_told_with_the_type_of_its_failure_only()
    {
        await _rig.RunAsync(
            new TestDelivery("OrderMessages/41", Leads.Event("x")) { FailsToSettle = new TimeoutException("body: ada@example.com") },
            new TestDelivery("OrderMessages/42", Leads.Event("y")) { FailsToSettle = new TimeoutException(), LosesLock = true });

        Assert.Equal(
            [new SettlementFailed("OrderMessages/41", "TimeoutException", false), new SettlementFailed("OrderMessages/42", "TimeoutException", true)],
            _probe.Notices.Cast<SettlementFailed>().OrderBy(notice => notice.Delivery));
    }

    [Fact]
    public async Task Events_whose_source_takes_them_back_are_told_once_a_batch()
    {
        await _rig.RunAsync(
            new TestDelivery("lost", Leads.Events(3)) { Held = _rig.Clock.UtcNow.AddSeconds(1) },
            new TestDelivery("kept", Leads.Event("x")));

        Assert.Equal([new LocksLost("default", 3)], _probe.Notices);
    }

    [Fact]
    public async Task A_listener_that_throws_harms_no_run()
    {
        using var telemetry = new CaxTelemetry(_ => throw new InvalidOperationException("the log is full"));
        var rig = new PipelineRig { Telemetry = telemetry };
        var first = true;
        rig.Endpoint.Answer = _ => first && !(first = false) ? new Answered(429, "5") : 200;

        var result = await rig.RunAsync(new TestDelivery("one", Leads.Event("x")) { FailsToSettle = new TimeoutException() });

        Assert.Equal((1, 1), (result.Accounts.Records.Sent, result.Accounts.SettlementFailures));
    }

    private PipelineRig Checked(Func<HttpResponseMessage> answer)
    {
        var clock = new TestClock();
        return new PipelineRig(clock)
        {
            Telemetry = _probe.Telemetry,
            Check = new SourceCheck(new ConfigApiOptions { Token = "t" }, new AnsweringHandler((_, _) => Task.FromResult(answer())), clock),
        };
    }
}
