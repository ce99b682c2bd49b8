using System.Text;

namespace Cax.Core.Mapping.Payloads;

/// <summary>What SegmentStream calls its events and states, and what CAX does (CAX reference 10.3).</summary>
internal static class SegmentStreamNames
{
    /// <summary>Updates a purchase, so its status tells it from the purchase itself.</summary>
    public const string Update = "Updated Transaction";

    private static readonly Dictionary<string, string> Events = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Completed Transaction"] = "purchase",
        [Update] = "purchase",
        ["Refunded Transaction"] = "refund",
        ["Started Order"] = "begin_checkout",
        ["Registered"] = "sign_up",
        ["Logged In"] = "login",
        ["Subscribed"] = "generate_lead",
        ["Added Product"] = "add_to_cart",
        ["Removed Product"] = "remove_from_cart",
        ["Added Product to Wishlist"] = "add_to_wishlist",
        ["Added Payment Info"] = "add_payment_info",
        ["Viewed Cart"] = "view_cart",
        ["Viewed Product Detail"] = "view_item",
        ["Viewed Product Listing"] = "view_item_list",
        ["Clicked Product"] = "select_item",
        ["Searched Products"] = "search",
        ["Viewed Page"] = "page_view",
    };

    private static readonly Dictionary<string, string> Statuses = new(StringComparer.Ordinal)
    {
        ["cancelled"] = "canceled",
        ["new"] = "in_progress",
        ["accepted"] = "in_progress",
        ["paid"] = "in_progress",
        ["processing"] = "in_progress",
        ["complete"] = "delivered",
        ["completed"] = "delivered",
        ["refunded"] = "returned",
    };

    /// <summary>The CAX name; a name CAX does not know becomes a custom event in snake_case.</summary>
    public static string Event(string name) => Events.GetValueOrDefault(name.Trim()) ?? SnakeCase(name);

    /// <summary>The CAX status; what has none is passed on for the validator to refuse (CAX reference 12.19).</summary>
    public static string Status(string status)
    {
        var plain = SnakeCase(status);
        return Statuses.GetValueOrDefault(plain) ?? (plain.Length == 0 ? status : plain);
    }

    private static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        var wasLower = false;
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c))
            {
                Underscore(snake);
                wasLower = false;
                continue;
            }

            if (char.IsUpper(c) && wasLower)
            {
                Underscore(snake);
            }

            snake.Append(char.ToLowerInvariant(c));
            wasLower = char.IsLower(c) || char.IsDigit(c);
        }

        return snake.ToString().Trim('_');
    }

    private static void Underscore(StringBuilder snake)
    {
        if (snake.Length > 0 && snake[^1] != '_')
        {
            snake.Append('_');
        }
    }
}
