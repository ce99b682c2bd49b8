using Cax.Core.Tests.Support;

namespace Cax.Core.Tests.Telemetry;

public sealed class NothingSecretTests
{
    [Fact]
    public async Task No_metric_no_activity_and_no_notice_holds_a_key_a_person_an_id_or_an_address()
    {
        using var probe = new TelemetryProbe();

        await TroubledDay.RunAsync(probe.Telemetry);
        probe.Observe();

        Assert.True(probe.Measurements.Count > 100);
        Assert.True(probe.Activities.Count > 20);
        Assert.Equal(10, probe.Notices.Select(notice => notice.GetType()).Distinct().Count());
        Assert.All(probe.Texts, text => Assert.All(TroubledDay.Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Tags_are_few_and_their_values_are_constants_or_names_from_the_settings()
    {
        using var probe = new TelemetryProbe();
        var reasons = typeof(ReasonCodes).GetFields().Select(field => (string)field.GetValue(null)!).ToHashSet();

        await TroubledDay.RunAsync(probe.Telemetry);
        probe.Observe();

        var tags = probe.Measurements.SelectMany(measured => measured.Tags).Distinct().Select(tag => tag.Split('=')).ToLookup(tag => tag[0], tag => tag[1]);
        Assert.Equal(["destination", "outcome", "profile", "reason", "stage", "status_class", "why"], tags.Select(tag => tag.Key).Order());
        Assert.Equal(["(unknown)", "default", "second"], tags["destination"].Order());
        Assert.Equal(["dead_lettered", "returned", "sent", "skipped"], tags["outcome"].Order());
        Assert.Equal(["woocommerce"], tags["profile"]);

        // The rules by which a profile skips records are reasons too.
        Assert.Equal(["not_a_purchase"], tags["reason"].Except(reasons));
        Assert.Equal(["posting", "settling"], tags["stage"].Order());
        Assert.Equal(["2xx", "3xx", "4xx", "5xx", "none"], tags["status_class"].Order());
        Assert.Equal(
            ["breaker", "count", "end", "idle", "misconfigured", "refuses_all", "retry_after", "room", "size"], tags["why"].Order());
    }
}
