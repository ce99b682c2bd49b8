using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events;

/// <summary>
/// The standard events and what each requires, line by line as in the CAX reference 4.2 to 4.7. What every event requires
/// (<c>event_name</c>, <c>context</c>, <c>user</c>) is not repeated.
/// </summary>
internal static class StandardEvents
{
    private static readonly StandardEvent[] All =
    [
        new("purchase", Text("id"), Text("type"), Number("value"), Number("revenue"), Text("currency"),
            Text("payment_method"), Text("status"), Items()),
        new("refund", Text("id"), Text("type"), Number("revenue"), Number("value"), Text("currency")),
        new("generate_lead"),
        new("sign_up"),
        new("login"),
        new("begin_checkout", Number("revenue"), Number("value"), Text("currency"), Items()),
        new("add_payment_info", Text("payment_method")),
        new("add_shipping_info", Number("value"), Text("currency"), Items()),
        new("add_to_cart", Number("value"), Text("currency"), Items()),
        new("remove_from_cart", Items()),
        new("add_to_wishlist", Items()),
        new("view_cart", Items()),
        new("view_item", Number("value"), Text("currency"), Items()),
        new("view_item_list", Items()),
        new("select_item", Items()),
        new("search", Text("search_term")),
        new("select_content"),
        new("page_view", Text("page_type")),
        new("ad_click", Text("medium"), Text("source")),
        new("ad_view", Text("medium"), Text("source")),
    ];

    // The reference has about thirty video events, none of which a shop's backend sends (CAX reference 4.1).
    private static readonly StandardEvent Video = new("video_");

    /// <summary>The names, in the order of the reference.</summary>
    public static IEnumerable<string> Names => All.Select(e => e.Name.Text);

    /// <returns>The standard event of that name; null for a custom one.</returns>
    public static StandardEvent? Find(JsonElement name)
    {
        foreach (var candidate in All)
        {
            if (name.ValueEquals(candidate.Name.Utf8))
            {
                return candidate;
            }
        }

        return name.Utf8Text().StartsWith(Video.Name.Utf8) ? Video : null;
    }

    /// <returns>The standard event of that name; null for a custom one.</returns>
    public static StandardEvent? Find(string name) => All.FirstOrDefault(e => e.Name.Text == name);

    private static RequiredProperty Text(string name) => new(new JsonName(name), PropertyForm.Text);

    private static RequiredProperty Number(string name) => new(new JsonName(name), PropertyForm.Number);

    private static RequiredProperty Items() => new(new JsonName("items"), PropertyForm.Items);
}
