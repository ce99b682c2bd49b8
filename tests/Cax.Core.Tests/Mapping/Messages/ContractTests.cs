using System.Text.Json.Nodes;
using Cax.Core.Events;
using Cax.Core.Mapping;
using NJsonSchema;
using static Cax.Core.Tests.Support.MapperProbe;

namespace Cax.Core.Tests.Mapping.Messages;

/// <summary>The schema is the public contract: it and the mapper say yes and no to the same messages.</summary>
public sealed class ContractTests
{
    private static readonly Lazy<JsonSchema> Schema =
        new(() => JsonSchema.FromJsonAsync(MessageContract.Schema).GetAwaiter().GetResult());

    public static TheoryData<string> Examples => [.. MessageContract.Examples.Keys];

    /// <summary>An example, the path of a member, and the JSON put there; nothing takes the member away.</summary>
    public static TheoryData<string, string, string?> Broken
    {
        get
        {
            var data = new TheoryData<string, string, string?>();
            void Add(string example, string path, params string?[] values)
            {
                foreach (var value in values)
                {
                    data.Add(example, path, value);
                }
            }

            Add("order-placed", "type", "\"order.shipped\"", "\"order.\"");
            Add("order-placed", "version", null, "2", "\"1\"", "null");
            Add("order-placed", "source", null, "\"\"", "\" \"", "5", "null");
            Add("order-placed", "occurredAt", null, "\"2025-11-25T10:00:00\"", "1764061200000", "\"yesterday\"", "\"2025-11-25\"");
            Add("order-placed", "order", null, "[]", "null", "\"x\"");
            Add("order-placed", "order.id", null, "\"\"", "1.5", "true", "null", "\"  \"");
            Add("order-placed", "order.currency", null, "\"EURO\"", "\"E1R\"", "978", "\"\"");
            Add("order-placed", "order.value", "\"12,50\"", "\"\"", "true", "\"NaN\"", "\"+1\"", "\"01\"", "[]");
            Add("order-placed", "order.paymentMethod", null, "\"\"", "5");
            Add("order-placed", "order.status", "\"Shipped!\"", "5");
            Add("order-placed", "order.items", null, "[]", "{}", "[5]", "null");
            Add("order-placed", "order.items.0.id", null, "\"\"", "{}");
            Add("order-placed", "order.items.0.quantity", null, "\"2\"", "null");
            Add("order-placed", "order.items.0.discount", "\"x\"");
            Add("order-placed", "order.items.0.product", null, "[]");
            Add("order-placed", "order.items.0.product.id", null, "\" \"");
            Add("order-placed", "order.items.0.product.name", null, "\"\"", "7");
            Add("order-placed", "order.items.0.product.price", null, "\"free\"");
            Add("order-placed", "order.items.0.product.colors", "\"red\"", "[1]");
            Add("order-placed", "order.items.0.product.categories", "{}", "[null]");
            Add("order-placed", "order.coupon", "5", "[]");
            Add("order-placed", "order.custom", "[]", "\"x\"", "{\"user\":{}}", "{\"event_timestamp\":1}", "{\"id\":null}");
            Add("order-placed", "customer", null, "[]", "{}", "{\"id\":0}", "{\"id\":\"0\"}", "{\"email\":\"nobody\"}", "{\"id\":{}}");
            Add("order-placed", "customer.phone", "33612345678");
            Add("order-placed", "customer.emailSha256", "\"abc\"");
            Add("order-placed", "consent", "[]", "\"all\"");
            Add("order-placed", "consent.categories", "\"1\"", "[true]", "[\"\"]", "[1.5]", "{}");
            Add("order-placed", "context", "[]", "{\"page\":5}", "{\"device\":{\"ip\":1}}");
            Add("order-placed", "testCode", "5");
            Add("order-updated", "order.status", null, "\"\"", "null", "\"lost\"");
            Add("order-cancelled", "order.status", "\"shipped\"");
            Add("order-refunded", "refund", null, "5");
            Add("order-refunded", "refund.id", null, "false");
            Add("order-refunded", "refund.orderId", null, "\"\"");
            Add("order-refunded", "refund.items", "5", "[{}]");
            Add("order-refunded.partial", "refund.shipping", null, "null");
            Add("lead-created", "lead.id", null, "\"\"");
            Add("lead-created", "lead.currency", null, "\"\"", "\"euro\"");
            Add("lead-created", "lead.value", "\"much\"");
            Add("lead-created", "customer", null, "{}");
            Add("account-created", "account", null, "7");
            Add("account-created", "account.id", "1.5");
            return data;
        }
    }

    /// <summary>As <see cref="Broken"/>, for changes that neither may mind.</summary>
    public static TheoryData<string, string, string?> Fine => new()
    {
        { "order-placed", "order.tax", null },
        { "order-placed", "order.value", null },
        { "order-placed", "order.revenue", "null" },
        { "order-placed", "order.value", "6.49e1" },
        { "order-placed", "order.value", "-1" },
        { "order-placed", "order.status", "\"\"" },
        { "order-placed", "order.status", "\"shipped\"" },
        { "order-placed", "order.coupon", "null" },
        { "order-placed", "order.currency", "\"eur\"" },
        { "order-placed", "order.paymentMethod", "\"carrier pigeon\"" },
        { "order-placed", "order.id", "9007199254740993" },
        { "order-placed", "order.unknown", "5" },
        { "order-placed", "custmoer", "5" },
        { "order-placed", "customer.gender", "\"diverse\"" },
        { "order-placed", "customer.email", "\" John.Doe@Example.com \"" },
        { "order-placed", "customer.emailSha256", "\"\"" },
        { "order-placed", "consent.categories", "[]" },
        { "order-placed", "consent.categories", "[1,\"3\"]" },
        { "order-placed", "occurredAt", "\"2025-11-25 10:00Z\"" },
        { "order-placed", "refund", "5" },
        { "order-cancelled", "order.status", "\"canceled\"" },
        { "order-refunded", "refund.items", "[]" },
        { "order-refunded", "refund.items", "null" },
        { "lead-created", "lead.value", null },
        { "account-created", "customer", null },
        { "account-created", "account.id", null },
    };

    [Fact]
    public void Every_type_of_message_has_an_example()
    {
        var types = MessageContract.Examples.Values.Select(json => JsonNode.Parse(json)!["type"]!.GetValue<string>()).Distinct();

        Assert.Equal(["account.created", "lead.created", "order.cancelled", "order.placed", "order.refunded", "order.updated"], types.Order());
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_keeps_the_contract(string name)
    {
        var json = MessageContract.Examples[name];

        Assert.Empty(Schema.Value.Validate(json));
        Assert.NotNull(Event(json).Id);
        Assert.DoesNotContain(Map(json).Findings, finding => finding.Severity == Severity.Error);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Schema_and_mapper_refuse_the_same(string example, string path, string? value)
    {
        var json = Change(example, path, value);

        Assert.NotEmpty(Schema.Value.Validate(json));
        var result = Map(json);
        Assert.Equal(ReasonCodes.InvalidMessage, result.ParkedBecause);
        Assert.Contains(result.Findings, finding => finding.Severity == Severity.Error && finding.Path.StartsWith("$.", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Fine))]
    public void Schema_and_mapper_take_the_same(string example, string path, string? value)
    {
        var json = Change(example, path, value);

        Assert.Empty(Schema.Value.Validate(json));
        Assert.NotNull(Event(json));
    }

    [Fact]
    public void The_contract_travels_inside_the_assembly() =>
        Assert.Contains("cax-message.v1.schema.json", typeof(MessageContract).Assembly.GetManifestResourceNames());

    private static string Change(string example, string path, string? value)
    {
        var root = JsonNode.Parse(MessageContract.Examples[example])!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) => node is JsonArray array ? array[int.Parse(step, null)]! : node[step]!);
        parent.AsObject().Remove(steps[^1]);
        if (value is not null)
        {
            parent[steps[^1]] = JsonNode.Parse(value);
        }

        return root.ToJsonString();
    }
}
