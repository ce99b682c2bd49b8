using System.Globalization;
using System.Text.Json;
using Cax.Core.Mapping.Drafts;
using Cax.Core.Mapping.Identity;

namespace Cax.Core.Mapping.Messages;

/// <summary>
/// The person of a message (CAX reference 5.1). Details in a form that CAX does not take are left out with a warning: they are not worth
/// an order.
/// </summary>
internal static class CustomerPart
{
    /// <summary>Writes the user; <paramref name="accountId"/> takes the place of the customer's id.</summary>
    public static void Write(MessagePart message, string? accountId)
    {
        var user = message.Draft.Root.OpenOrAdd("user"u8)!;
        var customer = message.Object("customer"u8);
        var customerId = customer?.Id("id"u8);
        if ((accountId ?? customerId) is { } id && !PersonKeys.IsGuest(id))
        {
            user.SetText("id"u8, id);
        }

        if (customer is { } given)
        {
            WriteIdentity(given, user);
            WriteProfile(given, user);
        }

        // Which of several breaches is the cause does not matter when nothing at all identifies the person.
        if (user.Lacks("id"u8) && user.Lacks("email"u8) && user.Lacks("email_sha256"u8) && user.Lacks("consistent_anonymous_id"u8))
        {
            message.Refuse("customer"u8, "The person must be identified: give customer.id, customer.email, customer.emailSha256 or customer.anonymousId.");
        }
    }

    private static void WriteIdentity(MessagePart customer, Members user)
    {
        if (customer.Id("anonymousId"u8) is { } anonymousId)
        {
            user.SetText("consistent_anonymous_id"u8, anonymousId);
        }

        if (customer.Text("email"u8) is { } email)
        {
            var address = Emails.Normalise(email);
            Put(customer, "email"u8, user, "email"u8, Emails.IsAddress(address) ? address : null, "is no e-mail address", ReasonCodes.InvalidMessage);
        }

        if (customer.Text("emailSha256"u8) is { } hash)
        {
            if (Hashes.IsSha256(hash))
            {
                user.SetText("email_sha256"u8, hash.ToLowerInvariant());
            }
            else
            {
                customer.Refuse("emailSha256"u8, "Must be 64 hexadecimal digits.");
            }
        }

        if (customer.Text("phone"u8) is { } phone)
        {
            Put(customer, "phone"u8, user, "phone"u8, Phones.Normalise(phone), "is not E.164 (+33612345678)");
        }
    }

    private static void WriteProfile(MessagePart customer, Members user)
    {
        if (customer.Text("firstName"u8) is { } firstName)
        {
            user.SetText("firstname"u8, firstName.Trim().ToLowerInvariant());
        }

        if (customer.Text("lastName"u8) is { } lastName)
        {
            user.SetText("lastname"u8, lastName.Trim().ToLowerInvariant());
        }

        if (customer.Text("gender"u8)?.Trim().ToLowerInvariant() is { } gender)
        {
            Put(customer, "gender"u8, user, "gender"u8, gender is "f" or "m" ? gender : null, "is neither f nor m");
        }

        if (customer.Text("birthDate"u8) is { } birthDate)
        {
            Put(customer, "birthDate"u8, user, "birthdate"u8, IsDate(birthDate) ? birthDate : null, "is not a date as YYYY-MM-DD");
        }

        customer.CopyText("street"u8, user, "street"u8);
        customer.CopyText("zipCode"u8, user, "zipcode"u8);
        customer.CopyText("city"u8, user, "city"u8);
        customer.CopyText("state"u8, user, "state"u8);
        if (customer.Text("country"u8)?.Trim().ToUpperInvariant() is { } country)
        {
            var isCode = country.Length is 2 or 3 && country.All(char.IsAsciiLetterUpper);
            Put(customer, "country"u8, user, "country"u8, isCode ? country : null, "is no country code of two or three letters (ISO 3166-1)");
        }

        customer.CopyText("status"u8, user, "status"u8);
    }

    private static void Put(
        MessagePart customer, ReadOnlySpan<byte> name, Members user, ReadOnlySpan<byte> target, string? value, string complaint, string code = "CAX026")
    {
        if (value is not null)
        {
            user.SetText(target, value);
        }
        else
        {
            customer.Draft.Warn(code, customer.At(name), $"This {complaint}, so it was left out.");
        }
    }

    private static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Copies the granted categories; what an element may be is part of the contract, how it is written is for the settings.</summary>
    public static void WriteConsent(MessagePart message)
    {
        if (message.Object("consent"u8) is not { } consent)
        {
            return;
        }

        var categories = consent.Array("categories"u8);
        if (categories.ValueKind == JsonValueKind.Undefined)
        {
            return;
        }

        foreach (var category in categories.EnumerateArray())
        {
            if (JsonText.Id(consent.Draft.ValueOf(category).Span) is null)
            {
                consent.Refuse("categories"u8, "Must hold texts that are not empty, or whole numbers, only.");
                return;
            }
        }

        consent.Draft.Root.OpenOrAdd("user"u8)!.Set("consent_categories"u8, consent.Draft.ValueOf(categories));
    }
}
