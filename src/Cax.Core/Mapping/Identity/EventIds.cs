using System.Security.Cryptography;
using Cax.Core.Mapping.Drafts;

namespace Cax.Core.Mapping.Identity;

/// <summary>
/// Ids that come out the same at every delivery of the same fact: UUID version 5 (RFC 9562) of source, event name, business id and
/// discriminator, joined by U+001F.
/// </summary>
internal static class EventIds
{
    public static readonly Guid Namespace = new("6f0cbd5b-3c0a-4c52-9d5e-8b8a1f6c2e47");

    public const byte Separator = 0x1f;

    public static string Derive(string source, string eventName, string businessId, string discriminator)
    {
        var name = new ByteBuffer(256);
        Begin(name, source, eventName);
        name.Append(businessId);
        name.Append(Separator);
        name.Append(discriminator);
        return Finish(name);
    }

    /// <summary>Begins the name of which the id is made. The business id, a separator and the discriminator are to follow.</summary>
    public static void Begin(ByteBuffer name, string source, string eventName)
    {
        name.Clear();
        Namespace.TryWriteBytes(name.Room(16), bigEndian: true, out var length);
        name.Advance(length);
        name.Append(source);
        name.Append(Separator);
        name.Append(eventName);
        name.Append(Separator);
    }

    /// <summary>The id of a name that is complete.</summary>
    public static string Finish(ByteBuffer name)
    {
        // SHA-1 is what version 5 is made of; nothing rests on its strength.
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350
        SHA1.HashData(name.Written, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
