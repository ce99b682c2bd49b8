using System.Text;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Normalising;

/// <summary>Completes what a purchase or refund must have and what can be known without a guess (CAX reference 4 and 12.18, 12.19).</summary>
internal static class Conversions
{
    public static void Normalise(Draft draft, string eventName, string defaultType)
    {
        var root = draft.Root;
        var isPurchase = eventName == "purchase";
        if (isPurchase || eventName == "add_payment_info")
        {
            NormalisePaymentMethod(draft);
        }

        if (CompletesAmounts(eventName))
        {
            Amounts.Complete(root);
        }

        if (Adds(eventName, "type") && root.Lacks("type"u8))
        {
            root.SetText("type"u8, defaultType);
        }

        if (Adds(eventName, "status") && root.Lacks("status"u8))
        {
            root.SetText("status"u8, "in_progress"u8);
        }

        var currency = root.Utf8("currency"u8);
        if (currency.Length == 3 && !currency.ContainsAnyExceptInRange((byte)'a', (byte)'z'))
        {
            Span<byte> upper = stackalloc byte[3];
            Ascii.ToUpper(currency, upper, out _);
            root.SetText("currency"u8, upper);
        }
    }

    /// <summary>Whether an event gets a property that it lacks.</summary>
    public static bool Adds(string eventName, string property) =>
        property == "type" ? eventName is "purchase" or "refund" : property == "status" && eventName == "purchase";

    /// <summary>Whether <c>revenue</c> or <c>value</c> of an event is worked out from its other amounts.</summary>
    public static bool CompletesAmounts(string eventName) => eventName is "purchase" or "refund" or "begin_checkout";

    private static void NormalisePaymentMethod(Draft draft)
    {
        var given = draft.Root.Raw("payment_method"u8);
        var method = draft.Utf8(given);
        if (JsonText.IsNothing(given) || JsonText.Kind(given) != JsonValueKind.String || ClosedList.PaymentMethods.Contains(method))
        {
            return;
        }

        if (ClosedList.PaymentMethods.Nearest(method) is { } listed)
        {
            draft.Root.SetText("payment_method"u8, listed);
            return;
        }

        draft.Root.SetText("payment_method"u8, "other"u8);
        WarnPaymentMethod(draft, "$.payment_method");
    }

    public static void WarnPaymentMethod(Draft draft, string path) =>
        draft.Warn("CAX036", path, $"The payment method is not on the list, so it is sent as other. Listed are: {ClosedList.PaymentMethods}.");
}
