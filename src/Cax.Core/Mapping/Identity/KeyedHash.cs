using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Cax.Core.Mapping.Identity;

/// <summary>
/// The first 32 hexadecimal digits of HMAC-SHA256 under one key. Hashers that know the key already are used again: preparing one costs
/// more than hashing a customer id. Safe to use from several threads.
/// </summary>
internal sealed class KeyedHash(string key)
{
    public const int Length = 32;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    private readonly ConcurrentBag<IncrementalHash> _idle = [];

    /// <summary>Writes the <see cref="Length"/> digits.</summary>
    public void Write(ReadOnlySpan<byte> utf8, Span<byte> digits)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var hasher = _idle.TryTake(out var idle) ? idle : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hasher.AppendData(utf8);
        hasher.GetHashAndReset(hash);
        _idle.Add(hasher);
        Convert.TryToHexStringLower(hash[..(Length / 2)], digits, out _);
    }
}
