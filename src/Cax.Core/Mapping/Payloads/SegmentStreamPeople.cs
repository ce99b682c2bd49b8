using System.Globalization;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Identity;
using static Cax.Core.Mapping.Payloads.SegmentStreamHit;

namespace Cax.Core.Mapping.Payloads;

/// <summary>Person and device of a SegmentStream hit (CAX reference 10.2). What cannot be brought into form is left out with a warning.</summary>
internal static class SegmentStreamPeople
{
    public static void WriteUser(Draft draft, JsonElement payload, JsonElement @event)
    {
        var user = draft.Root.OpenOrAdd("user"u8)!;
        var given = Field(@event, "user"u8) ?? Field(payload, "user"u8) ?? default;
        var contact = Field(@event, "transaction"u8) is { } transaction ? Field(transaction, "contactInfo"u8) ?? default : default;

        if (Id(draft, given, "userId"u8) is { } id && !PersonKeys.IsGuest(id))
        {
            user.SetText("id"u8, id);
        }

        if (Id(draft, given, "anonymousId"u8) is { } anonymousId)
        {
            user.SetText("consistent_anonymous_id"u8, anonymousId);
        }

        if (Either(given, contact, "email"u8) is { } email && Emails.Normalise(email) is var address && Emails.IsAddress(address))
        {
            user.SetText("email"u8, address);
        }

        WriteEmailHash(draft, user, given);
        if (Either(given, contact, "phone"u8) is { } phone)
        {
            WritePhone(draft, user, phone);
        }

        SetLower(user, "firstname"u8, Either(given, contact, "firstName"u8));
        SetLower(user, "lastname"u8, Either(given, contact, "lastName"u8));
        if (Either(given, default, "birthDate"u8) is { Length: >= 10 } birth
            && DateOnly.TryParseExact(birth.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            user.SetText("birthdate"u8, birth[..10]);
        }
    }

    public static void WriteDevice(Draft draft, Members device, JsonElement context)
    {
        if (Text(context, "ip"u8) is { } ip)
        {
            if (IpAddresses.IsValid(ip))
            {
                device.SetText("ip"u8, ip);
            }
            else
            {
                draft.Warn(ReasonCodes.InvalidMessage, "$.context.ip", "This is no IP address, so it was left out.");
            }
        }

        if (Text(context, "userAgent"u8) is { } userAgent)
        {
            device.SetText("user_agent"u8, userAgent);
        }
    }

    private static void WriteEmailHash(Draft draft, Members user, JsonElement given)
    {
        if (Either(given, default, "emailHash"u8)?.ToLowerInvariant() is not { } hash)
        {
            return;
        }

        if (Hashes.IsSha256(hash))
        {
            user.SetText("email_sha256"u8, hash);
        }
        else if (Hashes.IsMd5(hash))
        {
            user.SetText("email_md5"u8, hash);
        }
        else
        {
            draft.Warn("CAX025", "$.event.user.emailHash", "This is neither SHA-256 (64 hexadecimal digits) nor MD5 (32), so it was left out.");
        }
    }

    private static void WritePhone(Draft draft, Members user, string phone)
    {
        if (phone.TrimStart().StartsWith('+') && Phones.Normalise(phone) is { } number)
        {
            user.SetText("phone"u8, number);
        }
        else
        {
            draft.Warn("CAX026", "$.event.user.phone", "The phone number is not E.164 (+33612345678), so it was left out.");
        }
    }

    private static void SetLower(Members user, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            user.SetText(name, text.Trim().ToLowerInvariant());
        }
    }

    private static string? Either(JsonElement user, JsonElement contact, ReadOnlySpan<byte> name) =>
        (user.ValueKind == JsonValueKind.Object ? Text(user, name) : null) ?? (contact.ValueKind == JsonValueKind.Object ? Text(contact, name) : null);

    private static string? Id(Draft draft, JsonElement user, ReadOnlySpan<byte> name) =>
        user.ValueKind == JsonValueKind.Object && user.TryGetProperty(name, out var value) ? JsonText.Id(draft.ValueOf(value).Span) : null;
}
