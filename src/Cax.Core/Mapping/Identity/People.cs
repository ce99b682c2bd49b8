using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Identity;

/// <summary>Completes the identity of an event's user.</summary>
internal sealed class People(IdentityOptions options)
{
    /// <summary>A stable pseudonym (CAX reference 12.8): the same person has the same one, and nobody gets back from it to the person.</summary>
    private readonly KeyedHash _anonymousId = new(options.HashKey);

    /// <param name="draft">The event.</param>
    /// <param name="personKey">What tells the person from others; empty when nothing does.</param>
    public void Complete(Draft draft, ReadOnlySpan<byte> personKey)
    {
        if (draft.Root.Open("user"u8) is not { } user)
        {
            return;
        }

        if (!personKey.IsEmpty && user.Lacks("consistent_anonymous_id"u8))
        {
            Span<byte> id = stackalloc byte[KeyedHash.Length];
            _anonymousId.Write(personKey, id);
            user.SetText("consistent_anonymous_id"u8, id);
        }

        if (options.SendHashed)
        {
            HashEmail(draft, user);
            HashPhone(draft, user);
        }
    }

    private static void HashEmail(Draft draft, Members user)
    {
        if (Emails.Normalise(draft, user.Utf8("email"u8)) is { IsEmpty: false } address && user.Lacks("email_sha256"u8))
        {
            SetHash(user, "email_sha256"u8, address.Span);
        }

        user.Remove("email"u8);
    }

    private static void HashPhone(Draft draft, Members user)
    {
        if (user.Utf8("phone"u8) is { IsEmpty: false } phone && user.Lacks("phone_sha256"u8))
        {
            Span<byte> number = stackalloc byte[Phones.Longest];
            if (Phones.TryNormalise(phone, default, number, out var length))
            {
                SetHash(user, "phone_sha256"u8, number[..length]);
            }
            else
            {
                draft.Warn("CAX026", "$.user.phone", "The phone number is not E.164 (+33612345678), so it cannot be hashed and was left out.");
            }
        }

        user.Remove("phone"u8);
    }

    private static void SetHash(Members user, ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8)
    {
        Span<byte> digits = stackalloc byte[Hashes.Sha256Length];
        Hashes.Sha256(utf8, digits);
        user.SetText(name, digits);
    }
}
