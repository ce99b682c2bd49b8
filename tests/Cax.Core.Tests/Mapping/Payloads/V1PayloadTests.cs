using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Payloads;

public sealed class V1PayloadTests
{
    [Fact]
    public void Version_1_0_becomes_version_2() =>
        Assert.Equal(
            """
            {"event_name":"generate_lead","id":"77","value":12.50,"custom":{"a":[1, 2]},"user":{"id":"C-1","consistent_anonymous_id":"a","consent_categories":["1","3"]},"context":{"event_id":"abc","event_timestamp":1764061200000,"page":{"title":"T","url":"https://shop.example/"},"device":{"user_agent":"UA","ip":"203.0.113.24","cookie":"c=1"},"app":{"name":"A"}}}
            """.Replace("[1, 2]", "[1,2]", StringComparison.Ordinal),
            Text(
                """
                {
                  "event_name": "generate_lead", "event_id": "abc", "event_timestamp": 1764061200000, "version": 1,
                  "page": {"title": "T", "location": "https://shop.example/"},
                  "device": {"user_agent": "UA", "ip": "203.0.113.24", "cookie": "c=1"},
                  "app": {"name": "A"},
                  "properties": {
                    "id": 77, "value": 12.50, "custom": {"a": [1, 2]},
                    "user": {"id": "C-1", "consistent_anonymous_id": "a", "consent_categories": [1, 3]}
                  }
                }
                """));

    [Fact]
    public void The_form_of_2021_becomes_version_2()
    {
        const string Old =
            """
            {"event":"login","eventId":"abc","eventTimestamp":"1764061200000","device":{"userAgent":"UA","ip":"203.0.113.24","cookies":"c=1"},
             "properties":{"user":{"id":5,"consistent_anonymous_id":"a","consent_categories":[1]}}}
            """;

        Assert.Equal(
            """{"event_name":"login","user":{"id":"5","consistent_anonymous_id":"a","consent_categories":["1"]},"context":{"event_id":"abc","event_timestamp":1764061200000,"device":{"user_agent":"UA","ip":"203.0.113.24","cookie":"c=1"}}}""",
            Text(Old));
        Assert.True(Event(Old).IdSupplied);
        Assert.Equal("CAX012", Assert.Single(Map(Old).Findings).Code);
    }

    [Fact]
    public void A_time_of_the_first_2021_form_is_understood() =>
        Assert.Equal("1764061200000", Json("""{"event":"login","eventId":"e","eventTimestamp":"2025-11-25T10:00:00+01:00","properties":{"user":{"consent_categories":[]}}}""")
            .At("context.event_timestamp"));

    [Fact]
    public void Metadata_at_the_root_wins_over_a_property_of_the_same_name()
    {
        var json = Json("""{"event_name":"login","event_id":"root","properties":{"event_id":"inner","event_name":"x","page":{"location":"u"},"user":{"consent_categories":[]}}}""");

        Assert.Equal("\"root\"", json.At("context.event_id"));
        Assert.Equal("\"login\"", json.At("event_name"));
        Assert.Equal("""{"url":"u"}""", json.At("context.page"));
        Assert.Null(json.At("page"));
    }

    [Theory]
    [InlineData("""{"event_name":"login","coupon":"A","properties":{"coupon":"A"}}""", "$.properties.coupon")]
    [InlineData("""{"event_name":"login","a b":"A","properties":{"a b":"B"}}""", "$.properties['a b']")]
    [InlineData("""{"event_name":"login","event_id":"a","eventId":"b","properties":{}}""", "$.eventId")]
    [InlineData("""{"event_name":"login","event_id":"a","context":{"event_id":"b"},"properties":{}}""", "$.event_id")]
    public void The_same_name_in_two_places_is_a_conflict(string json, string path)
    {
        var result = Map(json);

        Assert.Equal(ReasonCodes.InvalidMessage, result.ParkedBecause);
        Assert.Equal(path, Assert.Single(result.Findings).Path);
    }

    [Fact]
    public void A_page_location_that_is_an_object_stays() =>
        Assert.Equal("""{"location":{"href":"u"}}""", Json("""{"event_name":"login","event_id":"e","page":{"location":{"href":"u"}},"properties":{"user":{"consent_categories":[]}}}""")
            .At("context.page"));

    [Theory]
    [InlineData("""{"type":"track","event":"Order Completed","properties":{"order_id":"1"}}""")]
    [InlineData("""{"messageId":"m","event":"Order Completed","properties":{"order_id":"1"}}""")]
    public void A_track_call_in_the_manner_of_Segment_is_no_version_1(string json) => Assert.Equal("segment", Map(json).Profile?.Name);

    [Theory]
    [InlineData("""{"properties":{}}""")]
    [InlineData("""{"eventId":"e"}""")]
    [InlineData("""{"event_name":"login","properties":{},"context":5,"event_id":"e"}""")]
    [InlineData("""{"event_name":"login","eventId":"e","properties":5}""")]
    public void A_broken_version_1_event_is_parked(string json) => Assert.NotNull(Map(json).ParkedBecause);
}
