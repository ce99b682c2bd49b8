using System.Collections.Frozen;

namespace Cax.Simulator.Judging;

/// <summary>
/// The property tables of CAX reference 4.2 to 4.7. Amounts, currency and items are checked on every event, so only their presence is
/// asked for here. <c>user</c> is required everywhere (3.3).
/// </summary>
internal static class StandardEvents
{
    private static readonly FrozenDictionary<string, StandardEvent> ByName = new Dictionary<string, StandardEvent>
    {
        ["purchase"] = new(
            Texts: ["id", "type", "payment_method", "status", "coupon", "shipping_provider", "last_channel", "last_source", "url"],
            Required: ["id", "type", "value", "revenue", "currency", "payment_method", "status", "items"]),
        ["refund"] = new(
            Texts: ["id", "type", "coupon", "url"],
            Required: ["id", "type", "revenue", "value", "currency"]),
        ["generate_lead"] = new(Texts: ["id", "method"], Required: []),
        ["sign_up"] = new(Texts: ["method"], Required: []),
        ["login"] = new(Texts: ["method"], Required: []),
        ["begin_checkout"] = new(Texts: ["id", "coupon"], Required: ["revenue", "value", "currency", "items"]),
        ["add_payment_info"] = new(Texts: ["payment_method", "coupon"], Required: ["payment_method"]),
        ["add_shipping_info"] = new(Texts: ["coupon", "shipping_tier"], Required: ["value", "currency", "items"]),
        ["add_to_cart"] = new(Texts: [], Required: ["value", "currency", "items"]),
        ["remove_from_cart"] = new(Texts: [], Required: ["items"]),
        ["add_to_wishlist"] = new(Texts: [], Required: ["items"]),
        ["view_cart"] = new(Texts: [], Required: ["items"]),
        ["view_item"] = new(Texts: [], Required: ["value", "currency", "items"]),
        ["view_item_list"] = new(Texts: ["item_list_name"], Required: ["items"]),
        ["select_item"] = new(Texts: ["item_list_name"], Required: ["items"]),
        ["search"] = new(Texts: ["search_term"], Required: ["search_term"]),
        ["select_content"] = new(Texts: ["content_type", "item_id"], Required: []),
        ["page_view"] = new(Texts: ["page_type", "page_name", "type"], Required: ["page_type"]),
        ["ad_click"] = new(Texts: ["medium", "source", "ad_format", "campaign", "keyword"], Required: ["medium", "source"]),
        ["ad_view"] = new(Texts: ["medium", "source", "ad_format", "campaign", "keyword"], Required: ["medium", "source"]),
    }.ToFrozenDictionary();

    public static StandardEvent? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);
}
