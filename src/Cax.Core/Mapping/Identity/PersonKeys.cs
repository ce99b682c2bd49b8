using System.Text;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Identity;

/// <summary>What tells one person from another: the customer id, else the e-mail, else the phone. Plain and hashed e-mail (or phone) give the same key.</summary>
internal static class PersonKeys
{
    /// <summary><c>id:…</c>, <c>email:…</c> or <c>phone:…</c> (SHA-256), in the memory of the draft; empty when the event names none of them.</summary>
    public static ReadOnlyMemory<byte> Find(Draft draft, Members? user)
    {
        if (user is null)
        {
            return default;
        }

        if (user.Utf8Id("id"u8) is { IsEmpty: false } id && !IsGuest(id))
        {
            return draft.Keep("id:"u8, id);
        }

        Span<byte> digits = stackalloc byte[Hashes.Sha256Length];
        if (Emails.Normalise(draft, user.Utf8("email"u8)) is { IsEmpty: false } address)
        {
            Hashes.Sha256(address.Span, digits);
            return draft.Keep("email:"u8, digits);
        }

        if (user.Utf8("email_sha256"u8) is var hash && Hashes.IsSha256(hash))
        {
            Ascii.ToLower(hash, digits, out _);
            return draft.Keep("email:"u8, digits);
        }

        Span<byte> number = stackalloc byte[Phones.Longest];
        if (Phones.TryNormalise(user.Utf8("phone"u8), default, number, out var length))
        {
            Hashes.Sha256(number[..length], digits);
            return draft.Keep("phone:"u8, digits);
        }

        if (user.Utf8("phone_sha256"u8) is var phone && Hashes.IsSha256(phone))
        {
            Ascii.ToLower(phone, digits, out _);
            return draft.Keep("phone:"u8, digits);
        }

        return default;
    }

    /// <summary>Shops write <c>0</c> or nothing for customers without an account; taken as an id it would merge them all.</summary>
    public static bool IsGuest(string id) => string.IsNullOrWhiteSpace(id) || id == "0";

    /// <inheritdoc cref="IsGuest(string)"/>
    public static bool IsGuest(ReadOnlySpan<byte> utf8)
    {
        if (utf8.SequenceEqual("0"u8))
        {
            return true;
        }

        while (Rune.DecodeFromUtf8(utf8, out var first, out var length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(first))
        {
            utf8 = utf8[length..];
        }

        return utf8.IsEmpty;
    }
}
