using System.Text.Json;
using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

public sealed class ControlTests
{
    private static readonly string Body = Some.Batch(Some.Lead);

    [Fact]
    public async Task Faults_can_be_ordered_one_at_a_time_or_several_at_once()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var one = await twin.OrderAsync("""{"status":503,"count":2,"retryAfter":"1","delayMs":0,"reset":false}""").JsonAsync();
        Assert.Equal("""{"faults":2,"poison":0}""", one.GetRawText());
        var more = await twin.OrderAsync("""[{"status":429,"retryAfter":7},{"delayMs":1},{"reset":true},{"poison":"LEAD-31"}]""").JsonAsync();
        Assert.Equal("""{"faults":5,"poison":1}""", more.GetRawText());

        using (var answer = await twin.PostBatchAsync(Body)) Assert.Equal((503, "1"), ((int)answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        Assert.Equal(503, await twin.PostBatchAsync(Body).StatusAsync());
        using (var answer = await twin.PostBatchAsync(Body)) Assert.Equal((429, "7"), ((int)answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(Some.Purchase)).StatusAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => twin.PostBatchAsync(Body));
        Assert.Equal(400, await twin.PostBatchAsync(Body).StatusAsync());
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"status":"503"}""")]
    [InlineData("""{"status":503.5}""")]
    [InlineData("""{"status":99}""")]
    [InlineData("""{"status":503,"count":0}""")]
    [InlineData("""{"status":503,"retry_after":"1"}""")]
    [InlineData("""{"delayMs":0}""")]
    [InlineData("""{"poison":""}""")]
    [InlineData("""{"poison":7}""")]
    [InlineData("""{"poison":"x","status":503}""")]
    [InlineData("""[{"status":503},{"status":1}]""")]
    public async Task An_order_that_makes_no_sense_changes_nothing(string order)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        using var answer = await twin.OrderAsync(order);
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsStringAsync());
        Assert.Equal(200, await twin.PostBatchAsync(Body).StatusAsync());
    }

    [Fact]
    public async Task Waiting_faults_and_poison_can_be_cleared()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Poison = ["LEAD"], Faults = [new TwinFault { Status = 503, Count = 9 }] });
        Assert.Equal(503, await twin.PostBatchAsync(Body).StatusAsync());
        Assert.Equal("""{"faults":0,"poison":0}""", (await twin.SendAsync(HttpMethod.Delete, "/twin/faults").JsonAsync()).GetRawText());
        Assert.Equal(200, await twin.PostBatchAsync(Body).StatusAsync());
    }

    [Fact]
    public async Task The_summary_names_every_count()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Key = "key-1", TimeProvider = new FixedClock(Some.Noon) });
        var large = Some.LeadOf(2_000, "a");
        await twin.PostBatchAsync(Some.Batch(large, Some.LeadWithId("b"), "{}")).StatusAsync();
        await twin.PostEventAsync(Some.LeadWithId("b")).StatusAsync();
        await twin.PostBatchAsync(Body, "tc_s=29&token=no").StatusAsync();
        await twin.PostBatchAsync("no json").StatusAsync();
        await twin.SendAsync(HttpMethod.Get, "/events").StatusAsync();

        var largest = Some.Batch(large, Some.LeadWithId("b"), "{}").Length;
        Assert.Equal(
            $$$"""
            {"requests":5,"acceptedRequests":2,"batches":1,"pixels":1,"events":4,"distinctIds":2,"repeatedIds":1,"dropped":1,
            "largestBody":{{{largest}}},"largestEvent":2000,"verdicts":{"VALID":3,"INVALID_ACCEPTED":0,"INVALID_REJECTED":1},
            "byStatus":{"200":4,"400":1},"byEventName":{"(unnamed)":1,"generate_lead":3}}
            """.ReplaceLineEndings(""),
            (await twin.SendAsync(HttpMethod.Get, "/twin/summary").JsonAsync()).GetRawText());
    }

    [Fact]
    public async Task Events_come_back_one_a_line_with_their_numbers_and_texts_as_sent()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { TimeProvider = new FixedClock(Some.Noon) });
        const string spread = "{\n  \"event_name\" : \"a \\\\\\\" b\",\r\n\t\"price\": 1.50e0, \"text\": \"é\\u00e9 \\/ { }\\\\\" }";
        await twin.PostBatchAsync(Some.Batch("{ \"on\":  1.0 }", spread)).StatusAsync();

        using var answer = await twin.SendAsync(HttpMethod.Get, "/twin/events");
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text.TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        var first = JsonSerializer.Deserialize<JsonElement>(lines[0]);
        Assert.Equal(["receivedAt", "verdict", "findings", "event"], first.EnumerateObject().Select(member => member.Name));
        Assert.Equal("INVALID_REJECTED", first.GetProperty("verdict").GetString());
        Assert.Equal(Some.Noon, first.GetProperty("receivedAt").GetDateTimeOffset());
        Assert.Equal(["rule", "path", "message"], first.GetProperty("findings")[0].EnumerateObject().Select(member => member.Name));
        Assert.EndsWith("\"event\":{ \"on\":  1.0 }}", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("\"event\":{\"event_name\":\"a \\\\\\\" b\",\"price\":1.50e0,\"text\":\"é\\u00e9 \\/ { }\\\\\"}}", lines[1], StringComparison.Ordinal);
        Assert.Equal(spread, System.Text.Encoding.UTF8.GetString(twin.Events()[1].Json.Span));
    }

    [Fact]
    public async Task Requests_come_back_one_a_line()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { TimeProvider = new FixedClock(Some.Noon) });
        await twin.PostBatchAsync(Body).StatusAsync();
        await twin.PostEventAsync("no", "token=k").StatusAsync();
        using var answer = await twin.SendAsync(HttpMethod.Get, "/twin/requests");
        Assert.Equal(
            $$"""
            {"receivedAt":"2025-11-25T12:07:30+00:00","kind":"batch","status":200,"reason":"recorded","siteId":"29","events":1,"dropped":0,"bytes":{{Body.Length}}}
            {"receivedAt":"2025-11-25T12:07:30+00:00","kind":"event","status":400,"reason":"not_json","siteId":null,"events":0,"dropped":0,"bytes":2}

            """.ReplaceLineEndings("\n"),
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_reset_forgets_the_records_and_keeps_the_waiting_faults()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        await twin.PostBatchAsync(Body).StatusAsync();
        twin.AddFault(new TwinFault { Status = 503 });
        Assert.Equal(204, await twin.SendAsync(HttpMethod.Delete, "/twin").StatusAsync());
        Assert.Empty(twin.Events());
        Assert.Empty(twin.Requests());
        var summary = twin.Summary();
        Assert.Equal((0, 0, 0, 0L), (summary.Requests, summary.Events, summary.DistinctIds, summary.LargestBody));
        Assert.Empty(summary.ByStatus);
        Assert.Equal(503, await twin.PostBatchAsync(Body).StatusAsync());
    }

    [Theory]
    [InlineData("GET", "/twin")]
    [InlineData("GET", "/twin/faults")]
    [InlineData("POST", "/twin/summary")]
    [InlineData("GET", "/twin/other")]
    public async Task Other_controls_do_not_exist(string method, string path)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(404, await twin.SendAsync(new HttpMethod(method), path).StatusAsync());
    }
}
