using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Identity;

/// <summary>What tells one person from another: the customer id, else the e-mail. Plain and hashed e-mail give the same key.</summary>
internal static class PersonKeys
{
    /// <summary><c>id:…</c> or <c>email:…</c> (SHA-256); null when the event names neither.</summary>
    public static string? Find(Members? user)
    {
        if (user?.Id("id"u8) is { } id && !IsGuest(id))
        {
            return "id:" + id;
        }

        if (user?.Text("email"u8) is { } email && Emails.Normalise(email) is { Length: > 0 } address)
        {
            return "email:" + Hashes.Sha256(address);
        }

        return user?.Text("email_sha256"u8) is { } hash && Hashes.IsSha256(hash) ? "email:" + hash.ToLowerInvariant() : null;
    }

    /// <summary>Shops write <c>0</c> or nothing for customers without an account; taken as an id it would merge them all.</summary>
    public static bool IsGuest(string id) => string.IsNullOrWhiteSpace(id) || id == "0";
}
