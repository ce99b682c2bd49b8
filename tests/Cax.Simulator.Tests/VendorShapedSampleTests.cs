using Cax.Simulator.Tests.Support;

namespace Cax.Simulator.Tests;

/// <summary>A batch in the shape of the vendor's own sample, whose second event lacks a comma (CAX reference 1 and 12.1).</summary>
public sealed class VendorShapedSampleTests
{
    private const string Broken = """
        {
          "batch": [
            {
              "event_name": "add_payment_info",
              "event_timestamp": "1764061200000",
              "payment_method": "card",
              "revenue": 12.00,
              "currency": "EUR",
              "user": { "id": "C-3", "consistent_anonymous_id": "202511250000000001", "consent_categories": [1, 2] },
              "context": { "event_id": "700000000000000001", "page": {}, "device": {} }
            },
            {
              "event_name": "generate_lead",
              "event_timestamp": "1764061200500",
              "method": "form",
              "user": {
                "consistent_anonymous_id": "202511250000000002"
                "consent_categories": [1]
              },
              "context": { "event_id": "700000000000000002", "page": {}, "device": {} }
            }
          ]
        }
        """;

    private static string Repaired => Broken.Replace("0002\"\n        \"consent", "0002\",\n        \"consent", StringComparison.Ordinal);

    [Fact]
    public async Task With_its_comma_missing_it_is_refused()
    {
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(400, await twin.PostBatchAsync(Broken).StatusAsync());
        Assert.Empty(twin.Events());
    }

    [Fact]
    public async Task Repaired_it_is_answered_200_but_both_events_lack_their_time_in_the_context()
    {
        Assert.NotEqual(Broken, Repaired);
        await using var twin = await CaxTwin.StartAsync(new TwinOptions());
        Assert.Equal(200, await twin.PostBatchAsync(Repaired).StatusAsync());
        Assert.Equal(2, twin.Summary().Verdicts[Verdict.InvalidRejected]);
        Assert.All(twin.Events(), received => Assert.Equal("event_time", Assert.Single(received.Findings).Rule));
    }
}
