namespace Cax.Core.Mapping.Profiles.Targets;

/// <summary>All properties that a profile may set (CAX reference 3.4, 4 and 5.1).</summary>
internal static class Targets
{
    private static readonly Dictionary<string, Target> Event = Make(
    [
        .. Of(TargetHome.Event, "", TargetForm.Text,
            "id", "type", "payment_method", "status", "coupon", "shipping_provider", "shipping_tier", "method", "search_term", "page_type", "page_name",
            "item_list_name", "content_type", "item_id", "last_channel", "last_source", "url", "test_code"),
        .. Of(TargetHome.Event, "", TargetForm.Money,
            "value", "revenue", "tax_amount", "shipping_amount", "discount_value", "original_value", "original_revenue", "original_tax_amount",
            "returned_value", "cancelled_value"),
        .. Of(TargetHome.Event, "", TargetForm.Number, "returned_quantity", "cancelled_quantity"),
        new("currency", TargetHome.Event, TargetForm.Currency),
        new("items", TargetHome.Event, TargetForm.Items),
        new("user.id", TargetHome.User, TargetForm.PersonId),
        new("user.email", TargetHome.User, TargetForm.Email),
        new("user.phone", TargetHome.User, TargetForm.Phone),
        .. Of(TargetHome.User, "user.", TargetForm.Sha256, "email_sha256", "phone_sha256"),
        new("user.email_md5", TargetHome.User, TargetForm.Md5),
        .. Of(TargetHome.User, "user.", TargetForm.Name, "firstname", "lastname"),
        new("user.gender", TargetHome.User, TargetForm.Gender),
        new("user.birthdate", TargetHome.User, TargetForm.Birthdate),
        new("user.country", TargetHome.User, TargetForm.Country),
        .. Of(TargetHome.User, "user.", TargetForm.Text, "consistent_anonymous_id", "street", "zipcode", "city", "state", "status"),
        new("user.consent_categories", TargetHome.User, TargetForm.Texts),
        new("context.event_id", TargetHome.Context, TargetForm.Text),
        .. Of(TargetHome.Page, "context.page.", TargetForm.Text, "url", "title", "referrer", "lang"),
        new("context.device.ip", TargetHome.Device, TargetForm.Ip),
        .. Of(TargetHome.Device, "context.device.", TargetForm.Text, "user_agent", "lang", "timezone", "cookie"),
    ]);

    private static readonly Dictionary<string, Target> Item = Make(
    [
        .. Of(TargetHome.Item, "", TargetForm.Text, "id", "variant", "affiliation", "coupon"),
        .. Of(TargetHome.Item, "", TargetForm.Number, "quantity", "list_position", "returned_quantity", "cancelled_quantity"),
        .. Of(TargetHome.Item, "", TargetForm.Money, "discount", "value", "original_value", "returned_value", "cancelled_value", "price"),
        .. Of(TargetHome.Product, "product.", TargetForm.Text,
            "id", "name", "category_1", "category_2", "category_3", "category_4", "category_5", "brand", "size"),
        new("product.price", TargetHome.Product, TargetForm.Money),
        new("product.currency", TargetHome.Product, TargetForm.Currency),
        new("product.colors", TargetHome.Product, TargetForm.Texts),
    ]);

    public static IReadOnlyCollection<string> EventNames => Event.Keys;

    public static IReadOnlyCollection<string> ItemNames => Item.Keys;

    public static Target? OfEvent(string name) => Event.GetValueOrDefault(name);

    public static Target? OfItem(string name) => Item.GetValueOrDefault(name);

    /// <summary>A property of the event that CAX does not know by itself.</summary>
    public static Target Custom(string name) => new(name, TargetHome.Event, TargetForm.Any);

    private static IEnumerable<Target> Of(TargetHome home, string prefix, TargetForm form, params string[] names) =>
        names.Select(name => new Target(prefix + name, home, form));

    private static Dictionary<string, Target> Make(IEnumerable<Target> targets) => targets.ToDictionary(target => target.Name, StringComparer.Ordinal);
}
