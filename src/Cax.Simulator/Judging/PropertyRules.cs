using System.Collections.Frozen;
using System.Text.Json;

namespace Cax.Simulator.Judging;

/// <summary>The members at the root: those of the standard event, its enumerations, and what a v1 sender leaves there.</summary>
internal static class PropertyRules
{
    // CAX reference 4.9.
    private static readonly FrozenSet<string> PaymentMethods = FrozenSet.Create(
        "by_invoice", "by_bank_transfer_in_advance", "card", "check_in_advance", "cod", "coupon", "direct_debit",
        "online_payment_system", "other");

    private static readonly FrozenSet<string> Statuses = FrozenSet.Create(
        "canceled", "delivered", "in_progress", "partially_delivered", "partially_returned", "partially_shipped", "pending_shipment",
        "returned", "shipped", "pending");

    // CAX reference 6.
    private static readonly string[] OldMembers = ["properties", "event", "eventId", "device", "page", "app"];

    public static void Check(JsonElement? root, string? name, FindingList findings)
    {
        if (StandardEvents.Find(name) is { } standard) CheckStandard(root, standard, findings);
        if (name is "purchase" or "add_payment_info") CheckListed(root, "payment_method", PaymentMethods, findings);
        if (name is "purchase") CheckListed(root, "status", Statuses, findings);
        foreach (var old in OldMembers)
        {
            if (root.Member(old) is { } value) findings.Malformed("old_format", old, "belongs to version 1 of the API", value);
        }
    }

    private static void CheckStandard(JsonElement? root, StandardEvent standard, FindingList findings)
    {
        foreach (var text in standard.Texts) root.ExpectText(text, "", standard.Required.Contains(text), findings);
        foreach (var required in standard.Required.Except(standard.Texts))
        {
            var value = root.Member(required);
            if (value.IsMissing()) findings.Missing("required", required, "is required", value);
            else if (required == "items" && value is { ValueKind: JsonValueKind.Array } items && items.GetArrayLength() == 0)
                findings.Missing("items", "items", "must not be empty", value);
        }
    }

    private static void CheckListed(JsonElement? root, string name, FrozenSet<string> listed, FindingList findings)
    {
        var value = root.Member(name);
        if (value.Text() is { } text && !string.IsNullOrWhiteSpace(text) && !listed.Contains(text))
            findings.Malformed(name, name, "is not one of the listed values", value);
    }
}
