using System.Text;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Normalising;

namespace Cax.Core.Mapping.Messages;

/// <summary>The part of a message that says what happened: an order, a refund, a lead or an account.</summary>
internal static class OrderParts
{
    /// <summary>An order is a purchase; a later message about it is the same purchase with another status (CAX reference 7.3).</summary>
    public static void WriteOrder(MessagePart message, string type)
    {
        var draft = message.Draft;
        var root = draft.Root;
        root.SetText("event_name"u8, "purchase");
        if (message.Object("order"u8, required: true) is not { } order)
        {
            return;
        }

        PutId(order, "id"u8);
        order.CopyText("type"u8, root, "type"u8);
        var status = Status(order, type);
        if (status is not null)
        {
            root.SetText("status"u8, status);
        }

        TellApart(draft, type == OwnMessage.OrderPlaced ? "" : status);
        WritePaymentMethod(order);
        MessageMoney.Write(order, root);
        order.CopyText("shippingProvider"u8, root, "shipping_provider"u8);
        MessageMoney.Set(root, "discount_value"u8, order.Amount("discount"u8));
        order.CopyText("coupon"u8, root, "coupon"u8);
        MessageItems.Write(order, root, required: true);
        CustomMembers.Write(order);
    }

    /// <summary>A refund carries the id of its order, which is the key of the purchase; its own id tells several refunds apart.</summary>
    public static void WriteRefund(MessagePart message)
    {
        var draft = message.Draft;
        var root = draft.Root;
        root.SetText("event_name"u8, "refund");
        if (message.Object("refund"u8, required: true) is not { } refund)
        {
            return;
        }

        PutId(refund, "orderId"u8);
        TellApart(draft, refund.Id("id"u8, required: true));
        refund.CopyText("type"u8, root, "type"u8);
        MessageMoney.Write(refund, root);
        refund.CopyText("coupon"u8, root, "coupon"u8);
        MessageItems.Write(refund, root, required: false);
        CustomMembers.Write(refund);
    }

    public static void WriteLead(MessagePart message)
    {
        var root = message.Draft.Root;
        root.SetText("event_name"u8, "generate_lead");
        if (message.Object("lead"u8, required: true) is not { } lead)
        {
            return;
        }

        PutId(lead, "id"u8);
        TellApart(message.Draft, "");
        lead.CopyText("method"u8, root, "method"u8);
        var value = lead.Amount("value"u8);
        MessageMoney.Set(root, "value"u8, value);
        MessageMoney.WriteCurrency(lead, root, required: value is not null);
        CustomMembers.Write(lead);
    }

    /// <summary>Gives back the id of the account, which is the id of the person from now on.</summary>
    public static string? WriteAccount(MessagePart message)
    {
        message.Draft.Root.SetText("event_name"u8, "sign_up");
        TellApart(message.Draft, "");
        if (message.Object("account"u8, required: true) is not { } account)
        {
            return null;
        }

        account.CopyText("method"u8, message.Draft.Root, "method"u8);
        CustomMembers.Write(account);
        return account.Id("id"u8);
    }

    private static string? Status(MessagePart order, string type)
    {
        var status = order.Text("status"u8, required: type == OwnMessage.OrderUpdated);
        if (type == OwnMessage.OrderCancelled)
        {
            if (status is not (null or "canceled"))
            {
                order.Refuse("status"u8, "Must be canceled, or be left out, in a message of this type.");
            }

            return "canceled";
        }

        if (status is not null && !ClosedList.Statuses.Contains(Encoding.UTF8.GetBytes(status)))
        {
            order.Refuse("status"u8, $"Must be one of {ClosedList.Statuses}.");
        }

        return status;
    }

    private static void WritePaymentMethod(MessagePart order)
    {
        if (order.Text("paymentMethod"u8, required: true) is not { } method)
        {
            return;
        }

        var listed = ClosedList.PaymentMethods.Nearest(Encoding.UTF8.GetBytes(method));
        if (listed is null)
        {
            Conversions.WarnPaymentMethod(order.Draft, order.At("paymentMethod"u8));
        }

        order.Draft.Root.SetText("payment_method"u8, listed ?? "other");
    }

    /// <summary>The id of what happened is also what its event is derived from.</summary>
    private static void PutId(MessagePart part, ReadOnlySpan<byte> name)
    {
        if (part.Id(name, required: true) is { } id)
        {
            part.Draft.Root.SetText("id"u8, id);
            part.Draft.BusinessId = part.Draft.Keep(id);
        }
    }

    private static void TellApart(Draft draft, string? discriminator)
    {
        if (discriminator is not null)
        {
            draft.Discriminator = draft.Keep(discriminator);
        }
    }
}
