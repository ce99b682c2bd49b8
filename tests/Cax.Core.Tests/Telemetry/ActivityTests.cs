using System.Diagnostics;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Telemetry;

public sealed class ActivityTests : IDisposable
{
    private readonly TelemetryProbe _probe = new();
    private readonly PipelineRig _rig;

    public ActivityTests() => _rig = new PipelineRig { Telemetry = _probe.Telemetry };

    public void Dispose() => _probe.Dispose();

    [Fact]
    public async Task A_run_is_one_activity_with_its_counts_by_outcome()
    {
        await _rig.RunAsync(new TestDelivery("mixed", [.. Leads.Events(3), Leads.Event("id-00001"), "{}"]));

        var run = Assert.Single(_probe.Activities, activity => activity.OperationName == "cax.run");
        Assert.Equal((5L, 3L, 1L, 1L, 0L), (
            run.GetTagItem("cax.records.total"), run.GetTagItem("cax.records.sent"), run.GetTagItem("cax.records.dead_lettered"),
            run.GetTagItem("cax.records.skipped"), run.GetTagItem("cax.records.returned")));
        Assert.Equal((4L, 3L, true), (run.GetTagItem("cax.events.total"), run.GetTagItem("cax.events.sent"), run.GetTagItem("cax.complete")));
        Assert.Equal(ActivityStatusCode.Unset, run.Status);
    }

    [Fact]
    public async Task Each_request_is_an_activity_of_its_run_with_status_and_number_of_the_retry()
    {
        Answered[] answers = [503, -1, 200];
        var asked = 0;
        _rig.Endpoint.Answer = _ => answers[asked++];

        await _rig.RunAsync(new TestDelivery("two", Leads.Events(2)));

        var run = Assert.Single(_probe.Activities, activity => activity.OperationName == "cax.run");
        var posts = _probe.Activities.Where(activity => activity.OperationName == "cax.post").ToList();
        Assert.Equal([0, 1, 2], posts.Select(post => post.GetTagItem("cax.retry")));
        Assert.Equal([503, null, 200], posts.Select(post => post.GetTagItem("http.response.status_code")));
        Assert.Equal(["HTTP 503", "ConnectionError", null], posts.Select(post => post.StatusDescription));
        Assert.All(posts, post =>
        {
            Assert.Equal(run.SpanId, post.ParentSpanId);
            Assert.Equal(ActivityKind.Client, post.Kind);
            Assert.Equal(("default", 2, _rig.Endpoint.Requests[0].Body.Length), (post.GetTagItem("cax.destination"), post.GetTagItem("cax.events"), post.GetTagItem("cax.bytes")));
        });
    }

    [Fact]
    public async Task A_request_without_an_answer_in_time_ends_as_an_error_without_status()
    {
        var asked = 0;
        _rig.Endpoint.Answer = _ => asked++ == 0 ? new Answered(200, Wait: TimeSpan.FromMinutes(5)) : 200;

        await _rig.RunAsync(new TestDelivery("one", Leads.Event("x")));

        var post = _probe.Activities.First(activity => activity.OperationName == "cax.post");
        Assert.Equal((ActivityStatusCode.Error, "no answer"), (post.Status, post.StatusDescription));
        Assert.Null(post.GetTagItem("http.response.status_code"));
    }

    [Fact]
    public async Task A_run_that_ends_with_a_bug_is_an_error_that_holds_nothing_of_it()
    {
        _rig.DeadLetters.Bug = new InvalidOperationException("ada@example.com");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _rig.RunAsync(new TestDelivery("bad", "{}")));

        var run = Assert.Single(_probe.Activities, activity => activity.OperationName == "cax.run");
        Assert.Equal((ActivityStatusCode.Error, "a bug of the connector"), (run.Status, run.StatusDescription));
    }
}
