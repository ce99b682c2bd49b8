using System.Buffers;
using System.Text;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Identity;

/// <summary>E-mail addresses, trimmed and in lower case before they are sent or hashed (CAX reference 5.2).</summary>
internal static class Emails
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\v\f"u8);

    public static string Normalise(string email) => email.Trim().ToLowerInvariant();

    /// <summary>As the other one, in the memory of a draft.</summary>
    public static ReadOnlyMemory<byte> Normalise(Draft draft, ReadOnlySpan<byte> utf8)
    {
        if (!Ascii.IsValid(utf8))
        {
            return draft.Keep(Normalise(Encoding.UTF8.GetString(utf8)));
        }

        return draft.KeepLower(utf8[Ascii.Trim(utf8)]);
    }

    /// <summary>Whether it could be an address at all: something on both sides of the last <c>@</c>, and no blank.</summary>
    public static bool IsAddress(string normalised) =>
        normalised.LastIndexOf('@') is var at and > 0 && at < normalised.Length - 1 && !normalised.Any(char.IsWhiteSpace);

    /// <inheritdoc cref="IsAddress(string)"/>
    public static bool IsAddress(ReadOnlySpan<byte> normalised)
    {
        if (!Ascii.IsValid(normalised))
        {
            return IsAddress(Encoding.UTF8.GetString(normalised));
        }

        return normalised.LastIndexOf((byte)'@') is var at and > 0 && at < normalised.Length - 1 && normalised.IndexOfAny(Blanks) < 0;
    }
}
