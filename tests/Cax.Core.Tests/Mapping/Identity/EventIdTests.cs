using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cax.Core.Mapping;
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

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(300)]
    [InlineData(70_000)]
    public void Ids_of_any_length_and_alphabet_are_taken_whole(int length)
    {
        var id = new string('é', length) + "\"\\\n\ud83d\ude00";
        var json = JsonSerializer.Serialize(id);

        Assert.Equal(Reference("test-queue", "generate_lead", id, ""), V2("generate_lead", $"\"id\":{json},"));
        Assert.Equal(Reference("test-queue", "purchase", "O-1", id), V2("purchase", $"\"id\":\"O-1\",\"status\":{json},"));
        Assert.Equal(Reference("test-queue", "login", "id:" + id, "1764061200000", ""), V2("login", "", user: $"\"id\":{json}"));
        Assert.Equal(Reference(id, "login", "id:1", "1764061200000", ""), Derived(id, "login"));
        Assert.Equal(Reference("test-queue", id, "id:1", "1764061200000", ""), Derived("test-queue", id));
    }

    [Theory]
    [InlineData("5e1", "50")]
    [InlineData("\"-0.10\"", "-0.1")]
    [InlineData("0.0000000000000000000000000010", "0.000000000000000000000000001")]
    [InlineData("12345678901234567890123456.78", "12345678901234567890123456.78")]
    [InlineData("\"fifty\"", "")]
    public void The_amount_of_a_refund_is_part_of_its_id_in_plain_digits(string given, string digits) =>
        Assert.Equal(Reference("test-queue", "refund", "O-1", "1764061200000", digits), V2("refund", $"\"id\":\"O-1\",\"value\":{given},"));

    [Fact]
    public void When_nothing_identifies_the_event_it_is_parked()
    {
        var result = Map("""{"event_name":"login","user":{"consent_categories":[]},"context":{"event_timestamp":1764061200000}}""");

        Assert.Equal(ReasonCodes.InvalidMessage, result.ParkedBecause);
        Assert.Contains("annot derive an event id", result.Detail, StringComparison.Ordinal);
    }

    private static string Derived(string source, string eventName)
    {
        var json = $$$"""{"event_name":{{{JsonSerializer.Serialize(eventName)}}},"user":{"id":"1","consent_categories":[]},"context":{"event_timestamp":1764061200000}}""";
        return Assert.Single(new RecordMapper(Options).Map(Encoding.UTF8.GetBytes(json), Origin with { Source = source }).Events).Id;
    }

    /// <summary>The derivation as RFC 9562 has it, in the plainest way.</summary>
    private static string Reference(params string[] parts)
    {
#pragma warning disable CA5350
        var hash = SHA1.HashData([.. EventIds.Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(string.Join('\u001f', parts))]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }

    private static string V2(string name, string members, string user = "\"id\":\"1\"", long time = 1764061200000) =>
        Event($$$$"""{"event_name":"{{{{name}}}}",{{{{members}}}}"user":{"consent_categories":[],{{{{user}}}}},"context":{"event_timestamp":{{{{time}}}}}}""").Id;
}
