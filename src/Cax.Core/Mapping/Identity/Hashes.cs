using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Cax.Core.Mapping.Identity;

/// <summary>Hashes as CAX takes them: lower-case hexadecimal (CAX reference 5.1).</summary>
internal static class Hashes
{
    public const int Sha256Length = 64;

    private const int Md5Length = 32;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes the <see cref="Sha256Length"/> digits of a hash.</summary>
    public static void Sha256(ReadOnlySpan<byte> utf8, Span<byte> digits)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8, hash);
        Convert.TryToHexStringLower(hash, digits, out _);
    }

    public static bool IsSha256(string text) => text.Length == Sha256Length && text.All(char.IsAsciiHexDigit);

    public static bool IsSha256(ReadOnlySpan<byte> text) => text.Length == Sha256Length && !text.ContainsAnyExcept(HexDigits);

    public static bool IsMd5(ReadOnlySpan<byte> text) => text.Length == Md5Length && !text.ContainsAnyExcept(HexDigits);

    public static bool IsMd5(string text) => text.Length == Md5Length && text.All(char.IsAsciiHexDigit);
}
