using System.Text;
using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Events;

public sealed class BatchValidationTests
{
    private static string Purchase => Encoding.UTF8.GetString(ValidEvents.Purchase().ToUtf8());

    private static string Lead => Encoding.UTF8.GetString(ValidEvents.Lead().With("$.context.event_id", "\"L-1\"").ToUtf8());

    [Fact]
    public void Valid_events_make_a_valid_batch() => Assert.Empty(Judge.Batch(Body(Purchase, Lead)));

    [Fact]
    public void A_finding_names_the_event_by_its_place() =>
        Assert.Equal(
            ["CAX037 E $.batch[1].status", "CAX001 E $.batch[2]"],
            Judge.Batch(Body(Lead, Purchase.Replace("in_progress", "done", StringComparison.Ordinal), "7")));

    [Fact]
    public void A_bad_event_costs_exactly_itself() =>
        Assert.Equal(
            ["CAX001 E $.batch[0].method", "CAX001 E $.batch[1].id", "CAX037 E $.batch[2].status"],
            Judge.Batch(Body(
                Lead.Replace("quote_form", "\\ud83d", StringComparison.Ordinal),
                Lead.Replace("\"L-1\"", "\"L-2\"", StringComparison.Ordinal)[..^1] + ",\"id\":\"x\"}",
                Purchase.Replace("in_progress", "done", StringComparison.Ordinal))));

    [Fact]
    public void A_body_of_exactly_the_limit_passes_and_one_byte_more_does_not()
    {
        var body = Body(Purchase);

        Assert.Empty(Judge.Batch(body, body.Length));
        Assert.Equal(["CAX061 E $"], Judge.Batch(body, body.Length - 1));
        Assert.Equal(["CAX061 E $"], Judge.Batch(body + new string(' ', 500_001 - body.Length)));
    }

    [Theory]
    [InlineData("""{"batch":[]}""", "CAX062 E $.batch")]
    [InlineData("""{"batch":{}}""", "CAX062 E $.batch")]
    [InlineData("""{"batch":null}""", "CAX062 E $.batch")]
    [InlineData("""{"event_name":"purchase"}""", "CAX062 E $.batch")]
    [InlineData("""[{"event_name":"purchase"}]""", "CAX001 E $")]
    [InlineData("""{"batch":[{}""", "CAX001 E $")]
    [InlineData("""{"batch":[{}{}]}""", "CAX001 E $")]
    [InlineData("""{"batch":[{}]}{}""", "CAX001 E $")]
    [InlineData("""{"batch":[1],"batch":[2]}""", "CAX001 E $.batch")]
    [InlineData("""{"\ud83d":1}""", "CAX062 E $.batch")]
    [InlineData("", "CAX001 E $")]
    public void A_body_that_is_no_batch_is_told_once(string body, string finding) => Assert.Equal([finding], Judge.Batch(body));

    [Fact]
    public void An_id_that_stands_twice_is_told_at_the_second_event() =>
        Assert.Equal(["CAX063 E $.batch[2].context.event_id"], Judge.Batch(Body(Purchase, Lead, Purchase)));

    [Fact]
    public void The_vendors_shape_of_a_lead_is_not_good_enough() =>
        Assert.Equal(
            [
                "CAX012 W $.batch[0].event_timestamp", "CAX011 E $.batch[0].context.event_timestamp", "CAX022 W $.batch[0].user",
                "CAX023 E $.batch[0].user.consent_categories[0]", "CAX023 E $.batch[0].user.consent_categories[1]",
            ],
            Judge.Batch(Body("""
                { "event_name": "generate_lead", "event_timestamp": "1764061200000", "context": { "event_id": "7", "page": {}, "device": {} },
                  "user": { "consistent_anonymous_id": "2025", "consent_categories": [1, 3] } }
                """)));

    private static string Body(params string[] events) => $$"""{"batch":[{{string.Join(',', events)}}]}""";
}
