using System.Net;
using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

public sealed class ConfigApiTests
{
    private const string Sources = "/v2/29/sources?include=connector,environment,health";
    private const string Quality = "/v2/29/monitoring/sources-data-quality?source=41";
    private const string Bearer = "Bearer config-token";

    private static readonly TwinOptions Options = new()
    {
        SiteId = "29",
        Key = "key-1",
        ConfigToken = "config-token",
        TimeProvider = new FixedClock(Some.Noon),
    };

    [Theory]
    [InlineData(null, "/v2/29/sources", 401, "MISSING_AUTHORIZATION_HEADER")]
    [InlineData("Basic abc", "/v2/29/sources", 401, "UNKNOWN_TOKEN_TYPE")]
    [InlineData("Bearer other", "/v2/29/sources", 401, "UNKNOWN_TOKEN")]
    [InlineData(Bearer, "/v2/30/sources", 403, "SITE_ACCESS_FORBIDDEN")]
    [InlineData(null, "/v2/29/monitoring/sources-data-quality?source=41", 401, "MISSING_AUTHORIZATION_HEADER")]
    [InlineData(Bearer, "/v2/29/monitoring/sources-data-quality?source=42", 404, "NOT_FOUND")]
    [InlineData(Bearer, "/v2/29/nothing", 404, "NOT_FOUND")]
    public async Task Errors_are_an_array_of_code_and_detail(string? authorization, string path, int status, string code)
    {
        await using var twin = await CaxTwin.StartAsync(Options);
        using var answer = await twin.SendAsync(HttpMethod.Get, path, authorization);
        Assert.Equal("application/vnd.api+json", answer.Content.Headers.ContentType?.ToString());
        var body = await Task.FromResult(answer).JsonAsync((HttpStatusCode)status);
        var error = Assert.Single(body.GetProperty("errors").EnumerateArray());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Any_bearer_token_opens_when_none_is_set()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(200, await twin.SendAsync(HttpMethod.Get, Sources, "Bearer x").StatusAsync());
        Assert.Equal(401, await twin.SendAsync(HttpMethod.Get, Sources).StatusAsync());
    }

    [Fact]
    public async Task The_list_of_sources_has_the_shape_of_the_reference()
    {
        await using var twin = await CaxTwin.StartAsync(Options);
        await twin.PostBatchAsync(Some.Batch(Some.Purchase, Some.Lead, "{}")).StatusAsync();

        var source = Assert.Single((await twin.SendAsync(HttpMethod.Get, Sources, Bearer).JsonAsync()).GetProperty("data").EnumerateArray());
        Assert.Equal((41, "integrations"), (source.GetProperty("id").GetInt32(), source.GetProperty("type").GetString()));
        var attributes = source.GetProperty("attributes");
        Assert.Equal(
            ["label", "occurence_type", "timezone", "last_request_at", "last_run_at", "created", "updated", "deleted_at", "parameters", "integration_key", "status", "health"],
            attributes.EnumerateObject().Select(member => member.Name));
        Assert.Equal("key-1", attributes.GetProperty("integration_key").GetString());
        Assert.Equal("active", attributes.GetProperty("status").GetString());
        Assert.Equal("2025-11-25T12:07:30.000Z", attributes.GetProperty("last_request_at").GetString());
        Assert.Equal(
            """
            {"total":3,"success":{"immediate":{"total":2,"increase_rate":null},"retry":{"total":0,"increase_rate":null}},
            "fail":{"rejected":{"total":1,"increase_rate":null},"error":{"total":0,"increase_rate":null}},
            "trends":{"success":{"dataset":[["dateTime","success"],[1764072000000,2]]},"fail":{"dataset":[["dateTime","fail"],[1764072000000,1]]}}}
            """.ReplaceLineEndings(""),
            attributes.GetProperty("health").GetRawText());
        Assert.Equal(["connector", "environment"], source.GetProperty("relationships").EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Health_comes_only_when_it_is_asked_for()
    {
        await using var twin = await CaxTwin.StartAsync(Options);
        var body = await twin.SendAsync(HttpMethod.Get, "/v2/29/sources", Bearer).JsonAsync();
        Assert.False(body.GetProperty("data")[0].GetProperty("attributes").TryGetProperty("health", out _));
    }

    [Fact]
    public async Task A_source_can_be_inactive_and_have_another_id()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { SourceActive = false, SourceId = 7 });
        var source = (await twin.SendAsync(HttpMethod.Get, Sources, Bearer).JsonAsync()).GetProperty("data")[0];
        Assert.Equal((7, "inactive"), (source.GetProperty("id").GetInt32(), source.GetProperty("attributes").GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Without_a_set_key_the_source_has_the_last_one_seen()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.True(Guid.TryParse(await KeyAsync(twin), out _));
        await twin.PostEventAsync(Some.Lead, "tc_s=29&token=first").StatusAsync();
        await twin.PostEventAsync(Some.Lead, "tc_s=29&token=second").StatusAsync();
        await twin.PostEventAsync(Some.Lead, "tc_s=29").StatusAsync();
        Assert.Equal("second", await KeyAsync(twin));
    }

    [Fact]
    public async Task Data_quality_counts_by_event_name_and_quarter_hour()
    {
        var clock = new FixedClock(Some.Noon);
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { TimeProvider = clock, BadFormat = BreachAction.Accept });
        await twin.PostBatchAsync(Some.Batch(Some.Lead, Some.Purchase, Some.Changed(Some.Purchase, "items.0.product.price", null))).StatusAsync();
        clock.Now = Some.Noon.AddMinutes(8);
        await twin.PostBatchAsync(Some.Batch(Some.Changed(Some.Lead, "user.email", "[\"jane.roe@example.com\"]"), Some.Lead)).StatusAsync();

        using var answer = await twin.SendAsync(HttpMethod.Get, Quality, Bearer);
        Assert.DoesNotContain("jane", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var attributes = (await Task.FromResult(answer).JsonAsync()).GetProperty("data").GetProperty("attributes");
        Assert.Equal("""["generate_lead","purchase"]""", attributes.GetProperty("eventNames").GetRawText());
        var validation = attributes.GetProperty("validation");
        Assert.Equal(
            """{"generate_lead":[["dateTime","collected","normalized"],[1764072000000,1,1],[1764072900000,2,2]],"purchase":[["dateTime","collected","normalized"],[1764072000000,2,1]]}""",
            validation.GetProperty("statuses").GetRawText());
        Assert.Equal(
            """
            {"generate_lead":[{"level":"warning","count":1,"path":"user.email","message":"must be a string","sample":"array","date":"2025-11-25T12:15:30.000Z"}],
            "purchase":[{"level":"error","count":1,"path":"properties.items[].product.price","message":"is required","sample":"nothing","date":"2025-11-25T12:07:30.000Z"}]}
            """.ReplaceLineEndings(""),
            validation.GetProperty("anomalies").GetRawText());
        Assert.Equal(
            """{"total":5,"sources":[{"reference":"41","count":5,"integration":41}]}""",
            attributes.GetProperty("collection").GetRawText());
    }

    private static async Task<string> KeyAsync(CaxTwin twin)
    {
        var body = await twin.SendAsync(HttpMethod.Get, Sources, Bearer).JsonAsync();
        return body.GetProperty("data")[0].GetProperty("attributes").GetProperty("integration_key").GetString()!;
    }
}
