using System.Text.Json;
using Cax.Core.Events.Json;

namespace Cax.Core.Events.Rules;

/// <summary>CAX036 and CAX037: the enumerated properties (CAX reference 4.9).</summary>
internal static class EnumerationRules
{
    private static readonly JsonName[] PaymentMethods = Names(Enumerations.PaymentMethods);

    private static readonly JsonName[] Statuses = Names(Enumerations.Statuses);

    private static readonly string PaymentMessage = $"payment_method must be one of {List(PaymentMethods)}";
    private static readonly string StatusMessage = $"status must be one of {List(Statuses)}";

    public static void Check(JsonElement root, StandardEvent standard, Place place, EventFindings findings)
    {
        if (standard.Requires("payment_method") && IsUnlisted(root, "payment_method"u8, PaymentMethods))
        {
            findings.Adjustable("CAX036", place.Of("payment_method"), PaymentMessage);
        }

        if (standard.Requires("status") && IsUnlisted(root, "status"u8, Statuses))
        {
            findings.Adjustable("CAX037", place.Of("status"), StatusMessage);
        }
    }

    // What is no text is CAX030 already.
    private static bool IsUnlisted(JsonElement root, ReadOnlySpan<byte> name, JsonName[] allowed) =>
        root.TryGet(name, out var value) && value.IsText() && !value.IsOneOf(allowed);

    private static JsonName[] Names(string[] names) => [.. names.Select(name => new JsonName(name))];

    private static string List(JsonName[] names) => string.Join(", ", names.Select(name => name.Text));
}
