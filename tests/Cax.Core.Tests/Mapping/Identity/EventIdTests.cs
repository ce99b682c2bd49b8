using Cax.Core.Mapping.Identity;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Identity;

public sealed class EventIdTests
{
    /// <summary>Published in the README: whoever derives ids elsewhere checks against these. They must never change.</summary>
    [Theory]
    [InlineData("shop-fr", "purchase", "ORD-20931", "", "e7f447ef-dd1c-58c2-b79e-cca412c9bcef")]
    [InlineData("shop-fr", "purchase", "ORD-20931", "shipped", "80a4b2b3-8842-5322-8daa-ced7cff9cb86")]
    [InlineData("shop-fr", "refund", "ORD-20931", "RF-1", "6f4acfc2-5822-52e9-8b20-40e4527b92ce")]
    public void The_published_vectors_hold(string source, string eventName, string businessId, string discriminator, string id) =>
        Assert.Equal(id, EventIds.Derive(source, eventName, businessId, discriminator));

    [Theory]
    [InlineData("order-placed", "e7f447ef-dd1c-58c2-b79e-cca412c9bcef")]
    [InlineData("order-updated", "80a4b2b3-8842-5322-8daa-ced7cff9cb86")]
    [InlineData("order-refunded", "6f4acfc2-5822-52e9-8b20-40e4527b92ce")]
    public void The_examples_have_the_published_ids(string example, string id) =>
        Assert.Equal(id, Event(Cax.Core.Mapping.MessageContract.Examples[example]).Id);

    [Fact]
    public void An_id_is_a_version_5_uuid()
    {
        var id = new Guid(EventIds.Derive("s", "e", new string('é', 10_000), ""));

        Assert.Equal((5, 8), (id.Version, id.Variant & 0xC));
    }

    [Theory]
    [InlineData("\"status\":\"in_progress\",", true)]
    [InlineData("\"a\":1,", true)]
    [InlineData("\"status\":\"shipped\",", false)]
    public void A_purchase_that_is_not_the_first_has_its_status_in_its_id(string status, bool isFirst) =>
        Assert.Equal(isFirst, V2("purchase", "\"id\":\"O-1\"," + status) == EventIds.Derive("test-queue", "purchase", "O-1", ""));

    [Fact]
    public void A_purchase_id_rests_on_the_order_alone() =>
        Assert.Equal(V2("purchase", "\"id\":\"O-1\",\"value\":1,"), V2("purchase", "\"value\":2,\"id\":\"O-1\",", time: 1764061299999));

    [Fact]
    public void Refunds_of_one_order_differ_by_time_and_amount()
    {
        var one = V2("refund", "\"id\":\"O-1\",\"value\":10.0,");

        Assert.Equal(one, V2("refund", "\"id\":\"O-1\",\"value\":10.00,"));
        Assert.NotEqual(one, V2("refund", "\"id\":\"O-1\",\"value\":10.01,"));
        Assert.NotEqual(one, V2("refund", "\"id\":\"O-1\",\"value\":10.0,", time: 1764061200001));
    }

    [Fact]
    public void Without_a_number_person_and_time_make_the_id()
    {
        var one = V2("generate_lead", "");

        Assert.Equal(one, V2("generate_lead", "\"value\":5,\"currency\":\"EUR\","));
        Assert.NotEqual(one, V2("generate_lead", "", time: 1764061200001));
        Assert.NotEqual(one, V2("generate_lead", "", user: "\"id\":\"2\""));
        Assert.NotEqual(one, V2("sign_up", ""));
        Assert.Equal(
            V2("generate_lead", "", user: "\"email\":\"John.Doe@example.com \""),
            V2("generate_lead", "", user: "\"email_sha256\":\"836F82db99121b3481011f16b49dfa5fbc714a0d1b1b9f784a1ebbbf5b39577f\""));
    }

    [Fact]
    public void When_nothing_identifies_the_event_it_is_parked()
    {
        var result = Map("""{"event_name":"login","user":{"consent_categories":[]},"context":{"event_timestamp":1764061200000}}""");

        Assert.Equal(ReasonCodes.InvalidMessage, result.ParkedBecause);
        Assert.Contains("annot derive an event id", result.Detail, StringComparison.Ordinal);
    }

    private static string V2(string name, string members, string user = "\"id\":\"1\"", long time = 1764061200000) =>
        Event($$$$"""{"event_name":"{{{{name}}}}",{{{{members}}}}"user":{"consent_categories":[],{{{{user}}}}},"context":{"event_timestamp":{{{{time}}}}}}""").Id;
}
