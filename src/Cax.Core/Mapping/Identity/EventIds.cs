using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Cax.Core.Mapping.Identity;

/// <summary>
/// Ids that come out the same at every delivery of the same fact: UUID version 5 (RFC 9562) of source, event name, business id and
/// discriminator, joined by U+001F.
/// </summary>
internal static class EventIds
{
    public static readonly Guid Namespace = new("6f0cbd5b-3c0a-4c52-9d5e-8b8a1f6c2e47");

    public const char Separator = '\u001f';

    public static string Derive(string source, string eventName, string businessId, string discriminator)
    {
        var name = string.Join(Separator, source, eventName, businessId, discriminator);
        var length = 16 + Encoding.UTF8.GetByteCount(name);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        Namespace.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(16));

        // SHA-1 is what version 5 is made of; nothing rests on its strength.
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350
        SHA1.HashData(bytes.AsSpan(0, length), hash);
#pragma warning restore CA5350
        ArrayPool<byte>.Shared.Return(bytes);

        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
