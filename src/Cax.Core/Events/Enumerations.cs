namespace Cax.Core.Events;

/// <summary>The values of enumerated properties, of which CAX lists no others (CAX reference 4.9).</summary>
internal static class Enumerations
{
    public static readonly string[] PaymentMethods =
    [
        "by_invoice", "by_bank_transfer_in_advance", "card", "check_in_advance", "cod",
        "coupon", "direct_debit", "online_payment_system", "other",
    ];

    public static readonly string[] Statuses =
    [
        "canceled", "delivered", "in_progress", "partially_delivered", "partially_returned",
        "partially_shipped", "pending_shipment", "returned", "shipped", "pending",
    ];
}
