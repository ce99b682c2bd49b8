using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cax.Core.Tests.Support;

/// <summary>Events without a single finding, an hour old on the clock of <see cref="Clock"/>, to be taken as they are or broken on purpose.</summary>
internal static class ValidEvents
{
    public const long Timestamp = 1_764_061_200_000;

    private const string Item = """
        { "id": "SKU-88-M", "quantity": 2, "discount": 5.00,
          "product": { "id": "88", "name": "Linen shirt", "price": 30.00, "category_1": "Clothing" } }
        """;

    /// <summary>What each standard event has beside name, user and context.</summary>
    private static readonly Dictionary<string, string> Properties = new()
    {
        ["purchase"] = $$"""
            "id": "ORD-20931", "type": "online", "status": "in_progress", "payment_method": "card", "currency": "EUR",
            "revenue": 50.00, "tax_amount": 10.00, "shipping_amount": 4.90, "value": 64.90, "items": [{{Item}}]
            """,
        ["refund"] = """
            "id": "ORD-20931", "type": "online", "currency": "EUR", "revenue": 50.00, "tax_amount": 10.00, "shipping_amount": 4.90, "value": 64.90
            """,
        ["generate_lead"] = """ "id": "LEAD-5521", "method": "quote_form", "value": 120.00, "currency": "EUR" """,
        ["sign_up"] = """ "method": "email" """,
        ["login"] = """ "method": "email" """,
        ["begin_checkout"] = $$""" "revenue": 50.00, "value": 64.90, "currency": "EUR", "items": [{{Item}}] """,
        ["add_payment_info"] = """ "payment_method": "card" """,
        ["add_shipping_info"] = $$""" "value": 64.90, "currency": "EUR", "items": [{{Item}}] """,
        ["add_to_cart"] = $$""" "value": 64.90, "currency": "EUR", "items": [{{Item}}] """,
        ["remove_from_cart"] = $$""" "items": [{{Item}}] """,
        ["add_to_wishlist"] = $$""" "items": [{{Item}}] """,
        ["view_cart"] = $$""" "items": [{{Item}}] """,
        ["view_item"] = $$""" "value": 64.90, "currency": "EUR", "items": [{{Item}}] """,
        ["view_item_list"] = $$""" "items": [{{Item}}] """,
        ["select_item"] = $$""" "items": [{{Item}}] """,
        ["search"] = """ "search_term": "shirt" """,
        ["select_content"] = """ "content_type": "guide" """,
        ["page_view"] = """ "page_type": "product" """,
        ["ad_click"] = """ "medium": "display", "source": "news" """,
        ["ad_view"] = """ "medium": "display", "source": "news" """,
    };

    public static IEnumerable<string> Names => Properties.Keys;

    public static TestClock Clock() => new(DateTimeOffset.FromUnixTimeMilliseconds(Timestamp).AddHours(1));

    public static JsonObject Purchase() => Of("purchase");

    public static JsonObject Refund() => Of("refund");

    public static JsonObject Lead() => Of("generate_lead");

    public static JsonObject Of(string name) => JsonNode.Parse($$"""
        {
          "event_name": "{{name}}",
          {{Properties[name]}},
          "user": { "id": "C-771", "consistent_anonymous_id": "202504810273645918273645", "consent_categories": ["1", "3"] },
          "context": { "event_id": "1d0f7a52-6c8f-5d2c-9a0e-3b1c5f0f9a77", "event_timestamp": {{Timestamp}}, "page": {}, "device": {} }
        }
        """)!.AsObject();

    /// <summary>Sets what stands at a path such as <c>$.items[0].id</c> to a JSON value, or removes it when that is null.</summary>
    public static JsonObject With(this JsonObject @event, string path, string? json)
    {
        var steps = path[2..].Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        JsonNode owner = @event;
        foreach (var step in steps[..^1])
        {
            owner = owner is JsonArray array ? array[Index(step)]! : owner[step]!;
        }

        switch (owner)
        {
            case JsonArray array when json is null:
                array.RemoveAt(Index(steps[^1]));
                break;
            case JsonArray array:
                array[Index(steps[^1])] = JsonNode.Parse(json);
                break;
            case JsonObject whole when json is null:
                Assert.True(whole.Remove(steps[^1]), $"{path} is not there");
                break;
            default:
                owner[steps[^1]] = JsonNode.Parse(json!);
                break;
        }

        return @event;
    }

    public static byte[] ToUtf8(this JsonObject @event) => JsonSerializer.SerializeToUtf8Bytes(@event);

    private static int Index(string step) => int.Parse(step, CultureInfo.InvariantCulture);
}
