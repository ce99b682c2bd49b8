using System.Security.Cryptography;
using System.Text;

namespace Cax.Core.Mapping.Identity;

/// <summary>Hashes as CAX takes them: lower-case hexadecimal (CAX reference 5.1).</summary>
internal static class Hashes
{
    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The first 32 hexadecimal digits of a keyed hash.</summary>
    public static string Keyed(byte[] key, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    public static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit);

    public static bool IsMd5(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigit);
}
