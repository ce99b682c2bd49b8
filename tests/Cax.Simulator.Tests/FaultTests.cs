using System.Diagnostics;
using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

public sealed class FaultTests
{
    private static readonly string Body = Some.Batch(Some.Lead);

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(403)]
    [InlineData(200)]
    [InlineData(204)]
    public async Task A_fault_answers_in_place_of_the_twin_and_records_no_event(int status)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Faults = [new TwinFault { Status = status }] });
        Assert.Equal(status, await twin.PostBatchAsync(Body).StatusAsync());
        Assert.Empty(twin.Events());
        Assert.Equal((status, "fault", (long)Body.Length), twin.Requests().Select(request => (request.Status, request.Reason, request.Bytes)).Single());
        Assert.Equal(200, await twin.PostBatchAsync(Body).StatusAsync());
        Assert.Single(twin.Events());
    }

    [Fact]
    public async Task Faults_are_used_up_in_order_one_a_request()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Faults = [new TwinFault { Status = 503, Count = 2 }] });
        twin.AddFault(new TwinFault { Status = 429 });
        var statuses = new List<int>();
        for (var request = 0; request < 4; request++) statuses.Add(await twin.PostBatchAsync(Body).StatusAsync());
        Assert.Equal([503, 503, 429, 200], statuses);
    }

    [Fact]
    public async Task A_fault_comes_before_anything_else_is_looked_at()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = true, Faults = [new TwinFault { Status = 502 }] });
        Assert.Equal(502, await twin.PostBatchAsync("no json", query: "", contentType: null).StatusAsync());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("Fri, 21 Nov 2025 08:00:00 GMT")]
    [InlineData("soon")]
    public async Task Retry_after_is_sent_as_it_was_given(string value)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Faults = [new TwinFault { Status = 429, RetryAfter = value }] });
        using var answer = await twin.PostBatchAsync(Body);
        Assert.Equal([value], answer.Headers.NonValidated["Retry-After"]);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task A_redirect_points_at_the_pixel_so_that_a_sender_that_follows_is_caught(int status)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Faults = [new TwinFault { Status = status }] });
        using var careless = new HttpClient();
        using var content = new StringContent(Body);
        using var answer = await careless.PostAsync(new Uri(twin.Url, "/events/batch"), content);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal((1, 0), (twin.Summary().Pixels, twin.Summary().Events));
    }

    [Fact]
    public async Task A_reset_breaks_the_connection_and_is_counted_as_status_0()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Faults = [new TwinFault { Reset = true }] });
        await Assert.ThrowsAsync<HttpRequestException>(() => twin.PostBatchAsync(Body));
        Assert.Equal((0, "reset"), twin.Requests().Select(request => (request.Status, request.Reason)).Single());
        Assert.Equal(1, twin.Summary().ByStatus[0]);
        Assert.Equal(200, await twin.PostBatchAsync(Body).StatusAsync());
    }

    [Fact]
    public async Task A_fault_of_delay_alone_holds_the_request_up_and_then_takes_it()
    {
        var delay = TimeSpan.FromMilliseconds(200);
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Faults = [new TwinFault { Delay = delay }] });
        var clock = Stopwatch.StartNew();
        Assert.Equal(200, await twin.PostBatchAsync(Body).StatusAsync());
        Assert.True(clock.Elapsed >= delay - TimeSpan.FromMilliseconds(20), $"answered after {clock.Elapsed}");
        Assert.Single(twin.Events());
    }

    [Fact]
    public async Task The_delay_of_the_options_holds_every_request_up()
    {
        var delay = TimeSpan.FromMilliseconds(100);
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Delay = delay });
        var clock = Stopwatch.StartNew();
        await twin.PostBatchAsync(Body).StatusAsync();
        await twin.PostBatchAsync(Body).StatusAsync();
        Assert.True(clock.Elapsed >= 2 * (delay - TimeSpan.FromMilliseconds(20)), $"answered after {clock.Elapsed}");
    }

    [Fact]
    public async Task A_sender_that_hangs_up_during_a_delay_is_seen_but_its_events_are_not_recorded()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Faults = [new TwinFault { Delay = TimeSpan.FromMinutes(1) }] });
        using var patience = new CancellationTokenSource();
        var body = System.Text.Encoding.UTF8.GetBytes(Body);
        var call = twin.PostAsync("/events/batch?" + Calls.Source, body, "application/json", cancellation: patience.Token);
        await twin.NoFaultIsLeftAsync();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(() => twin.Requests().Count == 1);
        Assert.Equal((0, "hung_up"), twin.Requests().Select(request => (request.Status, request.Reason)).Single());
        Assert.Empty(twin.Events());
    }

    [Fact]
    public async Task Stopping_the_twin_cuts_held_up_requests_off()
    {
        var twin = await CaxTwin.StartAsync(new TwinOptions { Faults = [new TwinFault { Delay = TimeSpan.FromMinutes(1) }] });
        var call = twin.PostBatchAsync(Body);
        await twin.NoFaultIsLeftAsync();
        var clock = Stopwatch.StartNew();
        await twin.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"stopped after {clock.Elapsed}");
    }

    [Fact]
    public async Task Poison_in_one_event_refuses_the_whole_request()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Poison = ["<script", "Bobby"] });
        var poisoned = Some.Changed(Some.Lead, "user.firstname", "\"bobby Bobby\"");
        Assert.Equal(400, await twin.PostBatchAsync(Some.Batch(Some.Purchase, poisoned)).StatusAsync());
        Assert.Equal(400, await twin.PostEventAsync(poisoned).StatusAsync());
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(Some.Purchase)).StatusAsync());
        Assert.Equal(["poison", "poison", "recorded"], twin.Requests().Select(request => request.Reason));
        Assert.Single(twin.Events());
    }

    [Fact]
    public async Task A_senseless_fault_is_not_taken()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.All(
            [
                new TwinFault(), new TwinFault { Status = 100 }, new TwinFault { Status = 600 }, new TwinFault { Status = 500, Reset = true },
                new TwinFault { Status = 500, Count = 0 }, new TwinFault { Reset = true, RetryAfter = "1" },
                new TwinFault { Status = 500, RetryAfter = "1\r\nX: y" }, new TwinFault { Delay = TimeSpan.FromSeconds(-1) },
            ],
            fault => Assert.Throws<ArgumentException>(() => twin.AddFault(fault)));
        Assert.Equal(200, await twin.PostBatchAsync(Body).StatusAsync());
    }
}
