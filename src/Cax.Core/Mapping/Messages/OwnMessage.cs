using System.Text.Json;
using Cax.Core.Events;
using Cax.Core.Events.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Identity;
using Cax.Core.Mapping.Normalising;
using Cax.Core.Mapping.Payloads;
using Cax.Core.Mapping.Tape;

namespace Cax.Core.Mapping.Messages;

/// <summary>The connector's own message, version 1. Its contract is the schema beside this file.</summary>
/// <remarks>
/// This is no profile, because a contract says what is wrong: a value of the wrong type is refused and an unknown member told, whereas a profile takes
/// what it was told to take; and members under <c>custom</c> go through whatever they are called.
/// </remarks>
internal sealed class OwnMessage(EventNormaliser normaliser) : IPayloadConverter
{
    public const string OrderPlaced = "order.placed";
    public const string OrderUpdated = "order.updated";
    public const string OrderCancelled = "order.cancelled";
    public const string OrderRefunded = "order.refunded";
    public const string LeadCreated = "lead.created";
    public const string AccountCreated = "account.created";

    private static readonly string[] Members =
        ["type", "version", "source", "occurredAt", "order", "refund", "lead", "account", "customer", "consent", "context", "testCode"];

    public string Shape => "a message of the connector (type such as order.placed, version 1)";

    public bool Recognises(JsonTape tape) =>
        tape.Find(0, PayloadNames.Type) is var type and >= 0 && tape.Kind(type) == JsonValueKind.String
        && IsOurs(JsonText.Utf8(tape.Raw(type).Span)) && !tape.Has(PayloadNames.EventName);

    private static bool IsOurs(ReadOnlySpan<byte> type) => type.StartsWith("order."u8) || type.StartsWith("lead."u8) || type.StartsWith("account."u8);

    public MapResult Convert(JsonElement payload, ReadOnlyMemory<byte> utf8, RecordOrigin origin)
    {
        var draft = Draft.Begin(utf8, origin.Source);
        draft.ConsentPath = "$.consent.categories";
        var message = new MessagePart(draft, payload, "$");
        WriteEvent(message, payload.GetProperty("type"u8).GetString()!);
        WarnOfUnknown(draft, payload);

        var (errors, findings) = (draft.Errors, draft.Findings);
        if (errors == 0)
        {
            return normaliser.Finish(draft);
        }

        draft.End();
        var first = findings.First(finding => finding.Severity == Severity.Error);
        var others = errors == 1 ? "" : FormattableString.Invariant($" {errors - 1} more breaches of the contract: see the findings.");
        return MapResult.Parked(ReasonCodes.InvalidMessage, $"{first.Path}: {first.Message}{others}", findings);
    }

    private static void WriteEvent(MessagePart message, string type)
    {
        var draft = message.Draft;
        if (message.Get("version"u8) is var version && (version.ValueKind != JsonValueKind.Number || !draft.ValueOf(version).Span.SequenceEqual("1"u8)))
        {
            message.Refuse("version"u8, "Is required: the number 1.");
        }

        if (message.Text("source"u8, required: true) is { } source)
        {
            draft.BelongsTo(source);
        }

        string? accountId = null;
        switch (type)
        {
            case OrderPlaced or OrderUpdated or OrderCancelled:
                OrderParts.WriteOrder(message, type);
                break;
            case OrderRefunded:
                OrderParts.WriteRefund(message);
                break;
            case LeadCreated:
                OrderParts.WriteLead(message);
                break;
            case AccountCreated:
                accountId = OrderParts.WriteAccount(message);
                break;
            default:
                message.Refuse(
                    "type"u8, $"Must be one of {string.Join(", ", OrderPlaced, OrderUpdated, OrderCancelled, OrderRefunded, LeadCreated, AccountCreated)}.");
                break;
        }

        CustomerPart.Write(message, accountId);
        CustomerPart.WriteConsent(message);
        if (type == AccountCreated)
        {
            draft.BusinessId = draft.Keep(AccountKey(draft.Root.Open("user"u8)!) ?? "");
        }

        WriteContext(message);
        message.CopyText("testCode"u8, draft.Root, "test_code"u8);
    }

    private static void WriteContext(MessagePart message)
    {
        var context = message.Draft.Root.OpenOrAdd("context"u8)!;
        var occurredAt = message.Get("occurredAt"u8);
        if (occurredAt.ValueKind == JsonValueKind.String
            && IsoTime.TryParse(JsonText.Utf8(message.Draft.ValueOf(occurredAt).Span), out var milliseconds))
        {
            context.SetNumber("event_timestamp"u8, milliseconds);
        }
        else
        {
            message.Refuse("occurredAt"u8, "Is required: a time with an offset, such as 2026-03-29T10:30:00+02:00 or 2026-03-29T08:30:00Z.");
        }

        ContextPart.Write(message, context);
    }

    /// <summary>An account is one for good, so unlike other facts about a person it needs no time in its key.</summary>
    private static string? AccountKey(Members user) =>
        user.Text("id"u8) ?? (user.Text("email"u8) is { } email ? Hashes.Sha256(email) : user.Text("email_sha256"u8));

    private static void WarnOfUnknown(Draft draft, JsonElement payload)
    {
        foreach (var property in payload.EnumerateObject())
        {
            var isKnown = false;
            foreach (var name in Members)
            {
                isKnown |= property.NameEquals(name);
            }

            if (!isKnown)
            {
                draft.Warn(ReasonCodes.InvalidMessage, "$" + PathText.Step(property.Name), "The message has no such member; it was ignored. Is it misspelt?");
            }
        }
    }
}
