using System.Text;
using System.Text.Json.Nodes;

namespace Cax.Simulator.Tests.Support;

/// <summary>Values that keep every rule, and ways to break them.</summary>
internal static class Some
{
    public const string Purchase = """
        {"event_name":"purchase","id":"ORD-7001","type":"online","status":"in_progress","payment_method":"card","currency":"EUR",
        "revenue":80.00,"tax_amount":16.00,"shipping_amount":3.50,"value":99.50,
        "items":[{"id":"SKU-5","quantity":2,"discount":1.50,
        "product":{"id":"5","name":"Lampe à poser","price":41.50,"category_1":"Maison"}}],
        "user":{"id":"C-12","consistent_anonymous_id":"202601020304050607080910",
        "email_sha256":"836f82db99121b3481011f16b49dfa5fbc714a0d1b1b9f784a1ebbbf5b39577f","consent_categories":["2","5"]},
        "context":{"event_id":"6c0c3f5e-0f3a-5d7e-8a43-0d1f7a528c11","event_timestamp":1764061200000,"page":{},"device":{}}}
        """;

    public const string Lead = """
        {"event_name":"generate_lead","id":"LEAD-31","method":"newsletter","value":15,"currency":"EUR",
        "user":{"consistent_anonymous_id":"202601998877665544332211","email":"john.doe@example.com","consent_categories":["2"]},
        "context":{"event_id":"0b7e8a52-9c2d-5f10-b1f4-7a11c0ffee01","event_timestamp":1764061260000,"page":{},"device":{}}}
        """;

    public const string PaymentInfo = """
        {"event_name":"add_payment_info","payment_method":"cod","user":{"consistent_anonymous_id":"202601998877665544332211"},
        "context":{"event_id":"4f5e6a70-2c2d-5f10-b1f4-7a11c0ffee02","event_timestamp":1764061230000}}
        """;

    public static DateTimeOffset Noon { get; } = new(2025, 11, 25, 12, 7, 30, TimeSpan.Zero);

    public static string Batch(params string[] events) => $"{{\"batch\":[{string.Join(',', events)}]}}";

    public static string LeadWithId(string id) => Changed(Lead, "context.event_id", $"\"{id}\"");

    /// <summary>Changes one member, named by a dotted path; a null value takes it away.</summary>
    public static string Changed(string json, string path, string? value)
    {
        var root = JsonNode.Parse(json)!;
        var steps = path.Split('.');
        var parent = steps[..^1].Aggregate(root, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        var members = parent.AsObject();
        if (value is null) Assert.True(members.Remove(steps[^1]), $"there is no {path} to take away");
        else members[steps[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }

    /// <summary>A valid lead of exactly so many bytes.</summary>
    public static string LeadOf(int bytes, string id = "padded")
    {
        var empty = Changed(LeadWithId(id), "note", "\"\"");
        var padded = Changed(empty, "note", $"\"{new string('x', bytes - Encoding.UTF8.GetByteCount(empty))}\"");
        Assert.Equal(bytes, Encoding.UTF8.GetByteCount(padded));
        return padded;
    }
}
