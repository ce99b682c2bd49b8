using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Normalising;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("\"1764061200000\"")]
    [InlineData("\"2025-11-25T09:00:00Z\"")]
    [InlineData("\"2025-11-25T09:00Z\"")]
    [InlineData("\"2025-11-25 10:00:00+0100\"")]
    [InlineData("\"2025-11-25T10:00:00.000000+01:00\"")]
    [InlineData("\"2025-11-25T03:30:00.0009999-05:30\"")]
    public void A_time_as_text_becomes_milliseconds_with_a_warning(string time)
    {
        var json = Login($$"""{"event_id":"e","event_timestamp":{{time}}}""");

        Assert.Equal("1764061200000", Json(json).At("context.event_timestamp"));
        Assert.Equal(1764061200000, Event(json).Timestamp);
        Assert.Equal(("CAX012", "$.context.event_timestamp"), Finding(json));
    }

    [Theory]
    [InlineData("1764061200000")]
    [InlineData("\"1764061200000\"")]
    [InlineData("\"2025-11-25T10:00:00+01:00\"")]
    public void A_time_at_the_root_moves_into_the_context(string time)
    {
        var json = Login("""{"event_id":"e"}""", $"\"event_timestamp\":{time},");

        Assert.Equal("1764061200000", Json(json).At("context.event_timestamp"));
        Assert.Null(Json(json).At("event_timestamp"));
        Assert.Equal(("CAX012", "$.event_timestamp"), Finding(json));
    }

    [Fact]
    public void A_time_at_the_root_beside_the_right_one_is_left_alone()
    {
        var json = Login("""{"event_id":"e","event_timestamp":1764061200000}""", "\"event_timestamp\":1,");

        Assert.Equal(json, Text(json));
        Assert.Empty(Map(json).Findings);
    }

    [Fact]
    public void The_time_of_the_web_container_counts_when_there_is_no_other()
    {
        var json = Login("""{"event_id":"e","created":"2025-11-25T09:00:00.000Z"}""");

        Assert.Equal("""{"event_id":"e","event_timestamp":1764061200000}""", Json(json).At("context"));
        Assert.Equal(("CAX012", "$.context.created"), Finding(json));
    }

    [Theory]
    [InlineData("1764061200")]
    [InlineData("\"1764061200\"")]
    [InlineData("1764061200000.5")]
    [InlineData("1.7640612e12")]
    [InlineData("\"2025-11-25T09:00:00\"")]
    [InlineData("\"2025-02-30T09:00:00Z\"")]
    [InlineData("\"2025-11-25T24:00:00Z\"")]
    [InlineData("\"2025-11-25T09:00:00+01:0\"")]
    [InlineData("\"2025-11-25T09:00:00.Z\"")]
    [InlineData("\"2025-11-25\"")]
    [InlineData("true")]
    [InlineData("{}")]
    public void A_time_that_would_have_to_be_guessed_is_left_for_the_validator(string time)
    {
        var json = Login($$"""{"event_id":"e","event_timestamp":{{time}}}""");

        Assert.Equal(json, Text(json));
        Assert.Empty(Map(json).Findings);
    }

    private static string Login(string context, string more = "") =>
        $$"""{"event_name":"login",{{more}}"user":{"id":"1","consistent_anonymous_id":"a","consent_categories":[]},"context":{{context}}}""";

    private static (string Code, string Path) Finding(string json) => Assert.Single(Map(json).Findings) is var finding ? (finding.Code, finding.Path) : default;
}
