using System.IO.Compression;
using System.Text;
using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

/// <summary>The table of CAX reference 11.3, row by row, literal and loud.</summary>
public sealed class CollectTableTests
{
    private const string WrongKey = "tc_s=29&token=other";

    [Theory]
    [InlineData(false, null, 200)]
    [InlineData(true, null, 400)]
    [InlineData(false, "application/json; charset=utf-8", 200)]
    [InlineData(true, "application/json; charset=utf-8", 400)]
    [InlineData(false, "text/plain", 200)]
    [InlineData(true, "text/plain", 400)]
    public async Task A_wrong_content_type_loses_every_event_silently_or_is_refused_aloud(bool loud, string? contentType, int status)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = loud });
        Assert.Equal(status, await twin.PostBatchAsync(Some.Batch(Some.Purchase, Some.Lead), contentType: contentType).StatusAsync());
        Assert.Equal(status, await twin.PostEventAsync(Some.Lead, contentType: contentType).StatusAsync());
        Assert.Empty(twin.Events());
        Assert.Equal(loud ? 0 : 3, twin.Summary().Dropped);
        Assert.Equal(0, twin.Summary().AcceptedRequests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tc_s=29")]
    [InlineData("token=key-1")]
    [InlineData("tc_s=&token=key-1")]
    [InlineData("tc_s=29&token=")]
    [InlineData("tc_s=30&token=key-1")]
    [InlineData(WrongKey)]
    [InlineData("tc_s=29&token=KEY-1")]
    [InlineData("tc_s=29&tc_s=29&token=key-1")]
    public async Task A_wrong_site_or_key_loses_every_event_silently_or_is_refused_aloud(string query)
    {
        await using var literal = await CaxTwin.StartAsync(new TwinOptions { SiteId = "29", Key = "key-1" });
        Assert.Equal(200, await literal.PostBatchAsync(Some.Batch(Some.Purchase, Some.Lead), query).StatusAsync());
        Assert.Equal(200, await literal.PostEventAsync(Some.Lead, query).StatusAsync());
        Assert.Equal((0, 3), (literal.Summary().Events, literal.Summary().Dropped));

        await using var loud = await CaxTwin.StartAsync(new TwinOptions { SiteId = "29", Key = "key-1", Loud = true });
        Assert.Equal(401, await loud.PostBatchAsync(Some.Batch(Some.Lead), query).StatusAsync());
        Assert.Equal(401, await loud.PostEventAsync(Some.Lead, query).StatusAsync());
        Assert.Equal((0, 0), (loud.Summary().Events, loud.Summary().Dropped));
    }

    [Fact]
    public async Task Any_site_and_key_will_do_when_none_is_set_but_both_must_be_there()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = true });
        Assert.Equal(200, await twin.PostEventAsync(Some.Lead, "tc_s=1&token=whatever").StatusAsync());
        Assert.Equal(401, await twin.PostEventAsync(Some.Lead, "tc_s=1").StatusAsync());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""[{"event_name":"purchase"}]""")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("""{"batch":[]}""")]
    [InlineData("""{"batch":{}}""")]
    [InlineData("""{"batch":null}""")]
    [InlineData("""{"Batch":[{}]}""")]
    public async Task An_envelope_without_events_records_nothing_silently_or_is_refused_aloud(string body)
    {
        await using var literal = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(200, await literal.PostBatchAsync(body).StatusAsync());
        Assert.Equal((0, 0, 0), (literal.Summary().Events, literal.Summary().Dropped, literal.Summary().AcceptedRequests));

        await using var loud = await CaxTwin.StartAsync(new TwinOptions { Loud = true });
        Assert.Equal(400, await loud.PostBatchAsync(body).StatusAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_content_encoding_is_refused_in_both_modes(bool loud)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = loud });
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(Some.Batch(Some.Lead)));
        const string path = "/events/batch?" + Calls.Source;
        Assert.Equal(400, await twin.PostAsync(path, packed.ToArray(), "application/json", "gzip").StatusAsync());
        var plain = Encoding.UTF8.GetBytes(Some.Batch(Some.Lead));
        Assert.Equal(400, await twin.PostAsync(path, plain, "application/json", "identity").StatusAsync());
        Assert.All(twin.Requests(), request => Assert.Equal("content_encoding", request.Reason));
        Assert.Empty(twin.Events());
    }

    [Fact]
    public async Task A_bad_event_is_answered_200_and_leaves_the_others_of_its_batch_alone()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = true });
        Assert.Equal(200, await twin.PostBatchAsync(Some.Batch(Some.Lead, "{}", "7", Some.Purchase)).StatusAsync());
        Assert.Equal(
            [Verdict.Valid, Verdict.InvalidRejected, Verdict.InvalidRejected, Verdict.Valid],
            twin.Events().Select(received => received.Verdict));
    }

    [Fact]
    public async Task A_repeated_id_is_recorded_twice_and_reported()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        var body = Some.Batch(Some.LeadWithId("a"), Some.LeadWithId("b"), Some.LeadWithId("a"));
        Assert.Equal(200, await twin.PostBatchAsync(body).StatusAsync());
        Assert.Equal(200, await twin.PostEventAsync(Some.LeadWithId("a")).StatusAsync());
        var summary = twin.Summary();
        Assert.Equal((4, 2, 1), (summary.Events, summary.DistinctIds, summary.RepeatedIds));
    }

    [Fact]
    public async Task A_get_is_a_pixel_and_records_no_event()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions { Loud = true });
        Assert.Equal(200, await twin.SendAsync(HttpMethod.Get, "/events?event_name=purchase").StatusAsync());
        Assert.Equal((1, 1, 0), (twin.Summary().Requests, twin.Summary().Pixels, twin.Summary().Events));
    }

    [Theory]
    [InlineData("PUT", "/events", 405)]
    [InlineData("GET", "/events/batch", 405)]
    [InlineData("POST", "/", 404)]
    [InlineData("POST", "/Events", 404)]
    [InlineData("POST", "/events/", 404)]
    [InlineData("POST", "/events/batch/1", 404)]
    [InlineData("GET", "/twinned", 404)]
    public async Task Nothing_else_is_answered(string method, string path, int status)
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(status, await twin.SendAsync(new HttpMethod(method), path).StatusAsync());
        Assert.Empty(twin.Events());
    }

    [Fact]
    public async Task A_200_has_an_empty_body_because_the_vendor_describes_none()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        using var answer = await twin.PostEventAsync(Some.Lead);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }
}
