using System.Text;
using Cax.Core.Mapping;

namespace Cax.Benchmarks.ByHand;

/// <summary>An order of 1.2 KB in the shape of WooCommerce. Shop and people are made up.</summary>
internal static class ShopOrder
{
    public const string Json =
        """
        {"id":5127,"number":"5127","order_key":"wc_order_q7Lk2vN0aXbTe","status":"processing","currency":"EUR","date_created":"2026-03-14T10:21:07",
        "date_created_gmt":"2026-03-14T09:21:07","prices_include_tax":true,"discount_total":"0.00","discount_tax":"0.00","shipping_total":"4.90","total":"91.35",
        "total_tax":"12.11","customer_id":318,"customer_note":"",
        "billing":{"first_name":"Élodie","last_name":"Marchetti","email":"Elodie.Marchetti@example.com","phone":"06 39 98 12 34",
        "address_1":"7 rue des Lilas","city":"Lyon","postcode":"69003","country":"FR"},"payment_method":"stripe","line_items":[
        {"id":9041,"name":"Théière en fonte 0,8 l","product_id":711,"variation_id":0,"sku":"TH-711-N","quantity":1,"subtotal":"42.50","price":42.5,"total":"42.50","total_tax":"8.50"},
        {"id":9042,"name":"Sencha du printemps, 100 g","product_id":385,"variation_id":0,"sku":"SE-385-100","quantity":2,"subtotal":"25.80","price":12.9,"total":"25.80","total_tax":"1.42"},
        {"id":9043,"name":"Filtres à thé, 40 pièces","product_id":92,"variation_id":0,"sku":"FI-92","quantity":1,"subtotal":"6.04","price":6.04,"total":"6.04","total_tax":"1.21"}],
        "coupon_lines":[{"id":311,"code":"bienvenue"}]}
        """;

    /// <summary>Without line breaks, as a shop sends it.</summary>
    public static readonly byte[] Utf8 = Encoding.UTF8.GetBytes(Json.ReplaceLineEndings(""));

    /// <summary>Consent is not told, and nobody asks for it.</summary>
    public static readonly MappingOptions Options = new()
    {
        Identity = new IdentityOptions { HashKey = "a key of the shop" },
        General = new SourceMapping { Consent = new ConsentOptions { Policy = ConsentPolicy.Omit } },
    };

    /// <summary>From a queue whose messages are said to be of this shape.</summary>
    public static readonly RecordOrigin OfProfile =
        new("orders", DateTimeOffset.UnixEpoch) { Profile = new ProfileChoice("woocommerce", ProfileRule.Queue) };

    /// <summary>From a queue of which nothing is said.</summary>
    public static readonly RecordOrigin OfShape = new("orders", DateTimeOffset.UnixEpoch);
}
