using System.Net;
using System.Text;
using Cax.Core.Delivery;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Delivery;

public sealed class SourceCheckTests
{
    private const string Key = "0e0b6a3e-6f7e-4a53-9c0f-5a2d3a1b7c11";

    private readonly TestClock _clock = new();

    [Theory]
    [InlineData($$$"""{"id":41,"attributes":{"integration_key":"{{{Key}}}","status":"active","deleted_at":null}}""", SourceStanding.Active, "active source 41 of site 29")]
    [InlineData($$$"""{"id":"41","attributes":{"integration_key":" 0E0B6A3E-6F7E-4A53-9C0F-5A2D3A1B7C11 ","status":"Active"}}""", SourceStanding.Active, "active source 41 of site 29")]
    [InlineData($$$"""{"id":{},"attributes":{"integration_key":"{{{Key}}}","status":"active"}}""", SourceStanding.Active, "an active source of site 29")]
    [InlineData($$$"""{"id":41,"attributes":{"integration_key":"{{{Key}}}","status":"inactive"}}""", SourceStanding.Inactive, "the source with this key on site 29 is not active")]
    [InlineData($$$"""{"id":41,"attributes":{"integration_key":"{{{Key}}}"}}""", SourceStanding.Inactive, "the source with this key on site 29 is not active")]
    [InlineData($$$"""{"id":41,"attributes":{"integration_key":"{{{Key}}}","status":"active","deleted_at":"2025-01-01T00:00:00Z"}}""", SourceStanding.Inactive, "the source with this key on site 29 was deleted")]
    [InlineData("""{"id":41,"attributes":{"integration_key":"another","status":"active"}}""", SourceStanding.UnknownKey, "no source of site 29 has this key")]
    [InlineData("""5,{},{"attributes":[]},{"attributes":{"integration_key":null}}""", SourceStanding.UnknownKey, "no source of site 29 has this key")]
    [InlineData("", SourceStanding.UnknownKey, "no source of site 29 has this key")]
    public async Task A_source_is_judged_by_key_status_and_deletion(string sources, SourceStanding standing, string detail)
    {
        var verdict = await CheckAsync(200, $$"""{"data":[{{sources}}]}""");

        Assert.Equal(new SourceVerdict(standing, detail), verdict);
        Assert.Equal(standing is SourceStanding.Inactive or SourceStanding.UnknownKey, verdict.LosesEvents);
    }

    [Fact]
    public async Task One_active_source_among_several_with_the_key_is_enough()
    {
        var verdict = await CheckAsync(
            200, $$$"""{"data":[{"attributes":{"integration_key":"{{{Key}}}","status":"inactive"}},{"id":7,"attributes":{"integration_key":"{{{Key}}}","status":"active"}}]}""");

        Assert.Equal(SourceStanding.Active, verdict.Standing);
    }

    [Theory]
    [InlineData(401, """{"errors":[{"code":"UNKNOWN_TOKEN","detail":"x"}]}""", SourceStanding.TokenRefused, "(HTTP 401, UNKNOWN_TOKEN)")]
    [InlineData(401, """{"errors":[{"title":"UNKNOWN_TOKEN_TYPE"}]}""", SourceStanding.TokenRefused, "(HTTP 401, UNKNOWN_TOKEN_TYPE)")]
    [InlineData(403, """{"errors":[{"code":"the token secret is wrong"}]}""", SourceStanding.TokenRefused, "(HTTP 403)")]
    [InlineData(404, """{"errors":[{"code":"\ud800"}]}""", SourceStanding.TokenRefused, "(HTTP 404)")]
    [InlineData(302, "", SourceStanding.TokenRefused, "(HTTP 302)")]
    [InlineData(429, """{"errors":[{"code":"REQUEST_LIMIT_REACHED"}]}""", SourceStanding.Unreachable, "(HTTP 429, REQUEST_LIMIT_REACHED)")]
    [InlineData(500, "<html>", SourceStanding.Unreachable, "(HTTP 500)")]
    [InlineData(200, "", SourceStanding.Unreachable, "no list of sources")]
    [InlineData(200, """{"data":{}}""", SourceStanding.Unreachable, "no list of sources")]
    [InlineData(200, """{"data":[{"attributes":{"integration_key":"\ud800"}}]}""", SourceStanding.Unreachable, "no list of sources")]
    public async Task What_is_no_answer_to_the_question_never_loses_events(int status, string body, SourceStanding standing, string detail)
    {
        var verdict = await CheckAsync(status, body);

        Assert.Equal(standing, verdict.Standing);
        Assert.Contains(detail, verdict.Detail, StringComparison.Ordinal);
        Assert.False(verdict.LosesEvents);
    }

    [Fact]
    public async Task It_asks_as_the_reference_says()
    {
        HttpRequestMessage? asked = null;

        await CheckAsync((request, _) =>
        {
            asked = request;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        });

        Assert.Equal("https://api.commander1.com/v2/29/sources?include=connector,environment,health", asked!.RequestUri!.AbsoluteUri);
        Assert.Equal("Bearer secret", asked.Headers.Authorization!.ToString());
    }

    [Fact]
    public async Task Without_a_token_nobody_is_asked()
    {
        var verdict = await CheckAsync((_, _) => throw new InvalidOperationException(), token: null);

        Assert.Equal(SourceStanding.NotChecked, verdict.Standing);
    }

    [Fact]
    public async Task A_token_that_cannot_be_a_header_is_refused_without_being_shown()
    {
        var verdict = await CheckAsync((_, _) => throw new InvalidOperationException(), token: "sec\nret");

        Assert.Equal(SourceStanding.TokenRefused, verdict.Standing);
        Assert.DoesNotContain("sec", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_fault_says_its_kind_only()
    {
        var verdict = await CheckAsync((_, _) => throw new HttpRequestException(HttpRequestError.NameResolutionError, "secret"));

        Assert.Equal(new SourceVerdict(SourceStanding.Unreachable, "the Config API gives no answer (NameResolutionError)"), verdict);
    }

    [Fact]
    public async Task Silence_ends_after_ten_seconds()
    {
        var checking = CheckAsync(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            throw new InvalidOperationException();
        });

        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(checking.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new SourceVerdict(SourceStanding.Unreachable, "the Config API gives no answer (no answer in time)"), await checking);
    }

    [Fact]
    public async Task Cancellation_is_no_verdict()
    {
        using var cancelled = new CancellationTokenSource();
        var checking = CheckAsync(
            async (_, cancellation) =>
            {
                await cancelled.CancelAsync();
                cancellation.ThrowIfCancellationRequested();
                throw new InvalidOperationException();
            },
            cancellation: cancelled.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => checking);
    }

    private Task<SourceVerdict> CheckAsync(int status, string body) => CheckAsync((_, _) => Task.FromResult(
        new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) }));

    private async Task<SourceVerdict> CheckAsync(
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer, string? token = "secret", CancellationToken cancellation = default)
    {
        using var http = new AnsweringHandler(answer);
        return await new SourceCheck(new ConfigApiOptions { Token = token }, http, _clock).CheckAsync(
            new Destination(Destination.DefaultName, "29", new SourceKey(Key), new Uri("https://collect.commander1.com")), cancellation);
    }
}
