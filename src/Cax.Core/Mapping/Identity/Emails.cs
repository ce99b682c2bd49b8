namespace Cax.Core.Mapping.Identity;

/// <summary>E-mail addresses, trimmed and in lower case before they are sent or hashed (CAX reference 5.2).</summary>
internal static class Emails
{
    public static string Normalise(string email) => email.Trim().ToLowerInvariant();

    /// <summary>Whether it could be an address at all: something on both sides of the last <c>@</c>, and no blank.</summary>
    public static bool IsAddress(string normalised) =>
        normalised.LastIndexOf('@') is var at and > 0 && at < normalised.Length - 1 && !normalised.Any(char.IsWhiteSpace);
}
