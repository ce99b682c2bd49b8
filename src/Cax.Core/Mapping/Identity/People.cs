using System.Text;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Identity;

/// <summary>Completes the identity of an event's user.</summary>
internal sealed class People(IdentityOptions options)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.HashKey);

    public void Complete(Draft draft, string? personKey)
    {
        if (draft.Root.Open("user"u8) is not { } user)
        {
            return;
        }

        if (personKey is not null && user.Lacks("consistent_anonymous_id"u8))
        {
            user.SetText("consistent_anonymous_id"u8, AnonymousId(personKey));
        }

        if (options.SendHashed)
        {
            HashEmail(user);
            HashPhone(draft, user);
        }
    }

    /// <summary>A stable pseudonym (CAX reference 12.8): the same person has the same one, and nobody gets back from it to the person.</summary>
    public string AnonymousId(string personKey) => Hashes.Keyed(_key, personKey);

    private static void HashEmail(Members user)
    {
        if (user.Text("email"u8) is { } email && Emails.Normalise(email) is { Length: > 0 } address && user.Lacks("email_sha256"u8))
        {
            user.SetText("email_sha256"u8, Hashes.Sha256(address));
        }

        user.Remove("email"u8);
    }

    private static void HashPhone(Draft draft, Members user)
    {
        if (user.Text("phone"u8) is { Length: > 0 } phone && user.Lacks("phone_sha256"u8))
        {
            if (Phones.Normalise(phone) is { } number)
            {
                user.SetText("phone_sha256"u8, Hashes.Sha256(number));
            }
            else
            {
                draft.Warn("CAX026", "$.user.phone", "The phone number is not E.164 (+33612345678), so it cannot be hashed and was left out.");
            }
        }

        user.Remove("phone"u8);
    }
}
